using Microsoft.AspNetCore.Http;
using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Mail;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Safeguarding;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Core.Time;
using PolicyFlows.Web.Pipeline;
using PolicyFlows.Web.Receipt;

namespace PolicyFlows.Web.Safeguarding;

/// <summary>After sending, and on every later look: did it go out, has somebody confirmed, whom to telephone.</summary>
internal sealed class AlertStanding(ReceiptVisits visits, CaseStore cases, DirectoryStore directories, Deliveries deliveries, BusinessClock clock)
{
    public async Task<IResult> ShowAsync(HttpContext context)
    {
        if (visits.Alert(context) is not { } visit || await cases.GetAsync<AlertRecord>(visit.CaseId, Rows.Case, context.RequestAborted) is not { } alert)
            return Page.Next(Links.Receipt.Start());
        var directory = await directories.RequireAsync(context.RequestAborted);
        var task = await cases.NeedAsync<TaskRecord>(alert.Reference, Rows.Task(AlertRecord.TaskId), context.RequestAborted);
        return Page.Of<AlertSentPage>(new
        {
            Alert = alert,
            visit.Code,
            Out = await deliveries.IsOutAsync(alert.Reference, AlertRecord.TaskId, context.RequestAborted),
            ConfirmedBy = task.Answer is { } answer ? directory.NameOf(answer.PersonKey) : null,
            ConfirmedAt = task.Answer?.At,
            Numbers = AlertNumbers.Of(directory, alert.SchoolId, clock.Now),
            clock.Now,
        });
    }
}
