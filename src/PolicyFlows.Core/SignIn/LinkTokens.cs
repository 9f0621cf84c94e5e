using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PolicyFlows.Core.Tasks;

namespace PolicyFlows.Core.SignIn;

/// <summary>What a link claims: case, task, person, number. Only the server's signature makes it so.</summary>
public sealed record LinkClaim(string CaseId, string TaskId, string PersonKey, int No)
{
    /// <summary>The task.</summary>
    public TaskRef Task => new(CaseId, TaskId);
}

/// <summary>Links to one task for one person. A link shows reference and deadline; anything more needs a session or a mailed code (architecture rule 10).</summary>
public sealed class LinkTokens(ServerKey key)
{
    /// <summary>The token of a claim: readable parts and 256 bits of signature.</summary>
    public string Write(LinkClaim claim) => $"{claim.CaseId}~{claim.TaskId}~{claim.PersonKey}~{claim.No}~{Base64Url.EncodeToString(Sign(claim))}";

    /// <summary>The claim of a token, or null if it is not one of ours. Takes the same time for every wrong signature.</summary>
    public LinkClaim? Read(string? token)
    {
        if (token is not { Length: < 400 } || token.Split('~') is not [var caseId, var taskId, var person, var no, _]) return null;
        if (!int.TryParse(no, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1) return null;
        var claim = new LinkClaim(caseId, taskId, person, number);
        // The whole text is compared: every link has one spelling only.
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(Write(claim))) ? claim : null;
    }

    private byte[] Sign(LinkClaim claim) => key.Mac("task link", claim.CaseId, claim.TaskId, claim.PersonKey, claim.No.ToString(CultureInfo.InvariantCulture));
}

/// <summary>What a link is worth now.</summary>
public enum LinkStanding
{
    /// <summary>Opens the task after a code.</summary>
    Live,

    /// <summary>Older than its life, or a fresher one was sent: offers a fresh one.</summary>
    Expired,

    /// <summary>The task is over: after a code, says what was decided, by whom, when.</summary>
    Over,

    /// <summary>The person was recused, replaced or named: says only that the task is no longer theirs.</summary>
    NotTheirs,
}

/// <summary>Weighs a link against the task's record.</summary>
public static class LinkStandings
{
    /// <summary>What the claim is worth at an instant of business time.</summary>
    public static LinkStanding Weigh(LinkClaim claim, TaskRecord task, IEnumerable<string> namedPersonIds, TimeSpan life, DateTimeOffset now)
    {
        if (namedPersonIds.Contains(claim.PersonKey) || task.HolderOf(claim.PersonKey) is not { } holder) return LinkStanding.NotTheirs;
        if (!task.IsOpen) return LinkStanding.Over;
        return claim.No == holder.Links.Count && now < holder.Links[^1] + life ? LinkStanding.Live : LinkStanding.Expired;
    }
}
