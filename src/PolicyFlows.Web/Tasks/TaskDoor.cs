using Microsoft.AspNetCore.Http;
using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Core.Time;
using PolicyFlows.Web.Pipeline;
using PolicyFlows.Web.SignIn;

namespace PolicyFlows.Web.Tasks;

/// <summary>Whoever may stand before a task: its holder, by session or pass.</summary>
public sealed record TaskEntry(string CaseId, TaskRecord Task, TaskHolder Holder, CaseRoster Roster, DateTimeOffset Now)
{
    /// <summary>Who acts, in what process, when, and for whom they stand in.</summary>
    public ProcessContext Acts(string process, string? why = null) => new(process, Holder.PersonKey, Now, Holder.OnBehalfOf, why);
}

/// <summary>Lets holders in. One instant of business time per request.</summary>
public sealed class TaskDoor(CaseStore cases, CaseRosters rosters, Visitors visitors, BusinessClock clock)
{
    /// <summary>The entry of the visitor, or the answer to give instead.</summary>
    public async Task<(TaskEntry? Entry, IResult? Refusal)> EnterAsync(HttpContext context, string caseId, string taskId)
    {
        var keys = (await visitors.OfAsync(context)).KeysFor(caseId);
        // Before anything is looked up: nobody learns what exists.
        if (keys.Count == 0) return (null, Page.Of<NoAccessPage>(status: StatusCodes.Status403Forbidden));
        if (!IsKey(caseId) || !IsKey(taskId) || await cases.GetAsync<TaskRecord>(caseId, Rows.Task(taskId), context.RequestAborted) is not { } task)
            return (null, Page.Error(StatusCodes.Status404NotFound));
        var now = clock.Now;
        var roster = await rosters.OfAsync(cases, caseId, now);
        var holder = keys.Where(k => !roster.Common.NamedPersonIds.Contains(k)).Select(task.HolderOf).FirstOrDefault(h => h is not null);
        if (holder is not null) return (new(caseId, task, holder, roster, now), null);
        return (null, task.Holders.Any(h => keys.Contains(h.PersonKey)) ? Page.Of<NotYoursPage>() : Page.Error(StatusCodes.Status404NotFound));
    }

    private static bool IsKey(string text) => text.Length is > 0 and < 200 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
}
