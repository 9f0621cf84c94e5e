using PolicyFlows.Core.Mail;

namespace PolicyFlows.Web.Tests.Support;

/// <summary>A mail server that keeps what it was given, and can be down or slow.</summary>
public sealed class SentMail(TimeProvider time) : IMailTransport
{
    /// <summary>Everything that was mailed, oldest first.</summary>
    public List<(DateTimeOffset At, MailMessageText Message)> All { get; } = [];

    public bool Down { get; set; }

    /// <summary>Addresses that are refused for good.</summary>
    public HashSet<string> Refused { get; } = [];

    /// <summary>While set, nothing is answered before it is completed.</summary>
    public TaskCompletionSource? Hold { get; set; }

    public async Task SendAsync(MailMessageText message, CancellationToken cancellation = default)
    {
        if (Hold is { } hold) await hold.Task;
        if (Down) throw new MailUnavailableException("The server does not answer.");
        if (Refused.Contains(message.ToAddress)) throw new MailRefusedException("550 no such mailbox");
        All.Add((time.GetUtcNow(), message));
    }

    public Task<string?> ProbeAsync(CancellationToken cancellation = default) => Task.FromResult<string?>(Down ? "down" : null);

    /// <summary>Subjects mailed to a person, by the part of the address before the @.</summary>
    public IReadOnlyList<string> SubjectsTo(string name) =>
        [.. All.Where(m => m.Message.ToAddress.StartsWith(name, StringComparison.Ordinal)).Select(m => m.Message.Subject)];

    /// <summary>Paths of the links to tasks in the mails to an address, oldest first; of one case or task if named.</summary>
    public IReadOnlyList<string> LinksTo(string email, string? taskId = null, string? caseId = null) =>
    [
        .. LinesTo(email).Where(l => l.StartsWith($"{TestProgram.Address}/t/", StringComparison.Ordinal)).Select(l => new Uri(l).PathAndQuery)
            .Where(l => (taskId is null || l.Contains($"~{taskId}~", StringComparison.Ordinal)) && (caseId is null || l.StartsWith($"/t/{caseId}~", StringComparison.Ordinal))),
    ];

    /// <summary>The newest of those links.</summary>
    public string LinkTo(string email, string? taskId = null, string? caseId = null)
    {
        var links = LinksTo(email, taskId, caseId);
        Assert.True(links.Count > 0, $"No link to {taskId ?? "a task"} {caseId} was mailed to {email}.");
        return links[^1];
    }

    /// <summary>The newest code that was mailed to an address.</summary>
    public string CodeTo(string email) => LinesTo(email).Last(l => l.Length == 6 && l.All(char.IsAsciiDigit));

    private IEnumerable<string> LinesTo(string email) =>
        All.Where(m => m.Message.ToAddress == email).SelectMany(m => m.Message.Body.Split('\n')).Select(l => l.Trim());
}
