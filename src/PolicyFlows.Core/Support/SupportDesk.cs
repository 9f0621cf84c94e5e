using PolicyFlows.Core.Cases;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Core.Work;

namespace PolicyFlows.Core.Support;

/// <summary>Support for the person harmed (clause 9.6): offered when the report opens, never a condition of anything. No health content is kept.</summary>
public sealed class SupportDesk(CaseStore cases, CaseRosters rosters, TaskDesk tasks)
{
    private const string Offer = "support-offer-1", Arrange = "support-arrange";
    private const string Accepted = "accepted", Later = "later", Declined = "declined";

    /// <summary>Offers support. On the receipt page for a reporter who is the person harmed; by mail otherwise.</summary>
    public async Task OfferAsync(CaseChange change, CaseRoster roster)
    {
        change.Note("support.offered", "9.6");
        if (roster.People.ReportedForSelf || roster.People.Harmed is null) return;
        await tasks.AskAsync(change, new(Offer, TaskKind.SupportOffer, "9.6", [new(roster.People.KeyOfHarmed, null, Role.StaffMember)],
            change.Now + roster.Durations.SupportFirstFollowUp, [], Mandatory: false));
        await change.StartAsync(SingleTask.Name, SingleTask.InstanceId(change.CaseId, Offer), Offer);
    }

    /// <summary>
    /// The answer of the person harmed, by mail link or on the receipt page: "accepted", "later" or "declined". They may change their mind; the
    /// newest answer counts.
    /// </summary>
    /// <exception cref="ArgumentException">Another answer.</exception>
    public Task AnswerAsync(string reference, string answer, ProcessContext context, CancellationToken cancellation = default) =>
        cases.ChangeAsync(reference, context, async change =>
        {
            if (answer is not (Accepted or Later or Declined)) throw new ArgumentException($"Support is not answered by '{answer}'.", nameof(answer));
            if (await change.GetAsync<TaskRecord>(Rows.Task(Offer)) is { IsOpen: true }) await tasks.AnswerAsync(change, Offer, answer, kinds: TaskKind.SupportOffer);
            else change.Note("support.answered", "9.6", fact: answer);
            var record = await change.GetAsync<SupportRecord>(Rows.SupportPrefix + "01") ?? new SupportRecord();
            change.Put(Rows.SupportPrefix + "01", record with { Answer = answer, AnsweredAt = change.Now });
            var roster = await rosters.OfAsync(change);
            if (answer == Accepted) await ArrangeAsync(change, roster);
            if (answer == Declined) await StopAsync(change);
            else await PlanFollowUpsAsync(change, roster);
            change.Wake(Wakeup.Index());
        }, cancellation);

    /// <summary>Asks the support contact to arrange it, unless they are asked already.</summary>
    public async Task ArrangeAsync(CaseChange change, CaseRoster roster) =>
        await AskContactAsync(change, roster, await TaskDesk.IdAsync(change, Arrange), TaskKind.SupportArrange);

    /// <summary>Opens a follow-up on its day.</summary>
    public Task FollowUpAsync(CaseChange change, CaseRoster roster, string taskId) => AskContactAsync(change, roster, taskId, TaskKind.SupportFollowUp);

    private async Task AskContactAsync(CaseChange change, CaseRoster roster, string id, TaskKind kind)
    {
        var due = change.Now + roster.Durations.AnswerOtherPerson;
        var contact = roster.First(Role.SupportContact);
        // Follow-ups never block closing.
        await tasks.AskAsync(change, new(id, kind, "9.6", contact is null ? [] : [contact], due,
            [new(due, StepKind.Remind)], Mandatory: kind == TaskKind.SupportArrange));
        await change.StartAsync(SingleTask.Name, SingleTask.InstanceId(change.CaseId, id), id);
    }

    /// <summary>Nobody is asked to arrange or follow up what is no longer wanted.</summary>
    private async Task StopAsync(CaseChange change)
    {
        foreach (var task in await change.ListAsync<TaskRecord>(Rows.Task(Arrange + "-"))) await tasks.WithdrawAsync(change, task.Id, "declined");
        foreach (var label in new[] { "7d", "30d" }) await change.EndAsync(FollowUpId(change, label));
    }

    private static async Task PlanFollowUpsAsync(CaseChange change, CaseRoster roster)
    {
        foreach (var (label, after) in new[] { ("7d", roster.Durations.SupportFirstFollowUp), ("30d", roster.Durations.SupportSecondFollowUp) })
        {
            // Asked once each: an answer that comes again later moves nothing that was planned, and asks nobody twice.
            if (await change.GetAsync<TaskRecord>(Rows.Task($"support-follow-{label}")) is not null || await change.GetAsync<WorkRow>(Rows.Work(FollowUpId(change, label))) is not null) continue;
            await change.StartAsync(SupportFollowUp.Name, FollowUpId(change, label), $"support-follow-{label}", change.Now + after);
        }
    }

    private static string FollowUpId(CaseChange change, string label) => $"{change.CaseId}.support.{label}";
}

/// <summary>What became of the offer. Dates and an answer, nothing about health.</summary>
public sealed record SupportRecord(string? Answer = null, DateTimeOffset? AnsweredAt = null)
{
    /// <summary>Version of the stored form.</summary>
    public int V { get; init; } = 1;
}
