using Microsoft.AspNetCore.Http;
using PolicyFlows.Core.Cases;
using PolicyFlows.Core.SignIn;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Core.Time;
using PolicyFlows.Web.Components;
using PolicyFlows.Web.Pipeline;
using PolicyFlows.Web.SignIn;

namespace PolicyFlows.Web.Tasks;

/// <summary>
/// What the link of a mail opens (architecture rule 10). Opening it, by whomever or whatever, shows reference and deadline, changes nothing
/// and sends nothing; a button asks for a code.
/// </summary>
public sealed class LinkPages(
    LinkTokens tokens, CaseStore cases, CaseRosters rosters, CodeDesk codes, TaskActs acts, Visitors visitors, PendingCodes pending, BusinessClock clock)
{
    /// <summary>Reference, kind, deadline; the next step by how the link stands.</summary>
    public async Task<IResult> ShowAsync(HttpContext context, string token) =>
        await ReadAsync(context, token) is { } link ? Page.Of<LinkPage>(new { Link = link }) : Page.Error(StatusCodes.Status404NotFound);

    /// <summary>Mails a code to the holder of the link.</summary>
    public async Task<IResult> SendCodeAsync(HttpContext context, string token)
    {
        if (await ReadAsync(context, token) is not { } link) return Page.Error(StatusCodes.Status404NotFound);
        if (!link.TakesCode || link.Fits) return Page.Next(Links.Tasks.Open(token));
        var (caseId, key) = (link.Claim.CaseId, link.Claim.PersonKey);
        var id = await codes.SendAsync(caseId, key, TaskDesk.LaneOf(link.Task.Kind, link.Type), link.Roster.Directory.Settings.Durations, cancellation: context.RequestAborted);
        // Too many asked for: those that were mailed before still work where they were asked for.
        if (id is null && pending.Find(context, caseId, key) is null) return Page.Error(StatusCodes.Status429TooManyRequests);
        if (id is not null) pending.Keep(context, caseId, key, id);
        return Page.Next(Links.Tasks.OpenCode(token));
    }

    /// <summary>Asks for the code.</summary>
    public async Task<IResult> CodeAsync(HttpContext context, string token)
    {
        if (await ReadAsync(context, token) is not { } link) return Page.Error(StatusCodes.Status404NotFound);
        return link.TakesCode && !link.Fits ? Page.Of<LinkCodePage>(new { Link = link, Form = FormState.Empty() }) : Page.Next(Links.Tasks.Open(token));
    }

    /// <summary>Tries the code; the right one opens this person's tasks of the case on this device.</summary>
    public async Task<IResult> EnterAsync(HttpContext context, string token)
    {
        if (await ReadAsync(context, token) is not { } link) return Page.Error(StatusCodes.Status404NotFound);
        if (!link.TakesCode) return Page.Next(Links.Tasks.Open(token));
        var (caseId, key) = (link.Claim.CaseId, link.Claim.PersonKey);
        var form = await FormState.ReadAsync(context);
        if (CodeField.Read(form) is { } typed)
        {
            var durations = link.Roster.Directory.Settings.Durations;
            var result = pending.Find(context, caseId, key) is { } asked
                ? await codes.TryAsync(caseId, asked.CodeId, key, typed, durations, context.RequestAborted)
                : CodeResult.Expired;
            if (result == CodeResult.Right)
            {
                await visitors.GrantPassAsync(context, caseId, key);
                return Page.Next(Links.Tasks.Task(caseId, link.Task.Id));
            }

            form.AddError(CodeField.Name, result switch
            {
                CodeResult.Wrong => "That is not the code. Check it in the newest email from us",
                CodeResult.TooManyTries => "That code was tried too often and no longer works. Ask for a new one below",
                _ => $"That code is too old: a code works once, for {Words.Of(durations.CodeLife)}, on the device that asked for it. Ask for a new one below",
            });
        }

        return Page.Invalid<LinkCodePage>(new { Link = link, Form = form });
    }

    /// <summary>Mails a fresh link in place of one that is too old. One answer, whatever came of it.</summary>
    public async Task<IResult> SendFreshAsync(HttpContext context, string token)
    {
        if (await ReadAsync(context, token) is not { } link) return Page.Error(StatusCodes.Status404NotFound);
        if (link.Standing == LinkStanding.Expired)
            await acts.MailFreshLinkAsync(link.Claim.CaseId, link.Task.Id, new ProcessContext("fresh link", link.Claim.PersonKey, clock.Now), context.RequestAborted);
        return Page.Next(Links.Tasks.FreshLink(token));
    }

    /// <summary>"If the task is still yours, a fresh link is on its way."</summary>
    public async Task<IResult> FreshSentAsync(HttpContext context, string token) =>
        await ReadAsync(context, token) is null ? Page.Error(StatusCodes.Status404NotFound) : Page.Of<FreshLinkPage>();

    /// <summary>The link as it stands; null for one that this program did not write, which is answered like any unknown address.</summary>
    private async Task<LinkModel?> ReadAsync(HttpContext context, string token)
    {
        if (tokens.Read(token) is not { } claim) return null;
        if (await cases.GetAsync<TaskRecord>(claim.CaseId, Rows.Task(claim.TaskId), context.RequestAborted) is not { } task) return null;
        var roster = await rosters.OfAsync(cases, claim.CaseId, clock.Now);
        var standing = LinkStandings.Weigh(claim, task, roster.Common.NamedPersonIds, roster.Directory.Settings.Durations.LinkLife, clock.Now);
        // Somebody who has left the trust still has the mail, and perhaps the mailbox.
        if (roster.Directory.Person(claim.PersonKey)?.IsHere(clock.Now) is false) standing = LinkStanding.NotTheirs;
        var visitor = await visitors.OfAsync(context);
        return new(token, claim, task, roster, standing, visitor.Is(claim.CaseId, claim.PersonKey), clock.Now);
    }
}

/// <summary>A link that this program wrote, and what it is worth.</summary>
/// <param name="Fits">A session or pass of its person is on this device: no code is needed.</param>
public sealed record LinkModel(string Token, LinkClaim Claim, TaskRecord Task, CaseRoster Roster, LinkStanding Standing, bool Fits, DateTimeOffset Now)
{
    /// <summary>Type of the case.</summary>
    public CaseType Type => Roster.Common.Type;

    /// <summary>A code opens something: the task, or what was decided.</summary>
    public bool TakesCode => Standing is LinkStanding.Live or LinkStanding.Over;

    /// <summary>The holder, while the task is theirs.</summary>
    public TaskHolder? Holder => Task.HolderOf(Claim.PersonKey);

    /// <summary>School and trust.</summary>
    public string Sender => Roster.Directory.School(Roster.Common.SchoolId) is { } school
        ? $"{school.Name}, {Roster.Directory.Settings.TrustName}"
        : Roster.Directory.Settings.TrustName;

    /// <summary>Number to ring when in doubt.</summary>
    public string Telephone => Roster.Directory.School(Roster.Common.SchoolId)?.Telephone ?? Roster.Directory.Settings.Administrator.Telephone;
}
