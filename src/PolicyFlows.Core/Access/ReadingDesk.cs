using PolicyFlows.Core.Cases;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Tasks;

namespace PolicyFlows.Core.Access;

/// <summary>
/// Lets people in to read a case: the data protection officer for a time, on their own request with a reason; somebody of human resources on
/// the invitation of whoever manages the case, until it is ended. Nobody named in it, and nobody of whom it tells, is let in.
/// </summary>
public sealed class ReadingDesk(CaseStore cases, CaseRosters rosters)
{
    /// <summary>
    /// Puts a request with its reason on the timeline and opens the case to whoever asked, for
    /// <see cref="Settings.Durations.ReadingOnRequest"/>. Asking again begins the time anew. Who may is decided by <see cref="CaseGate.OnRequestAsync"/>.
    /// </summary>
    /// <exception cref="NotTheirTaskException">The person is named in the case.</exception>
    public Task AskAsync(string caseId, string reason, ProcessContext context, CancellationToken cancellation = default) =>
        cases.ChangeAsync(caseId, context, async change =>
        {
            await change.RefuseNamedAsync();
            var roster = await rosters.OfAsync(change);
            var row = ReadingRow.Row(ReadingGround.Request, context.PersonKey);
            await change.GetAsync<ReadingRow>(row);
            var until = change.Now + roster.Durations.ReadingOnRequest;
            change.Put(row, new ReadingRow(ReadingGround.Request, context.PersonKey, context.OnBehalfOf, context.PersonKey, change.Now, until));
            change.Note("reading.asked", text: reason, fact: until.UtcDateTime.ToString("O"));
        }, cancellation);

    /// <summary>People of human resources who can be invited: all who are active, but the people of the case.</summary>
    public static IReadOnlyList<Person> Invitable(CaseAccess access) =>
        Invitable(new CaseRoster(access.Directory, access.Common, access.People, access.At), access.At);

    /// <summary>Invites. Nothing happens when the person is invited already. Who may is asked of the access filter by the page.</summary>
    /// <exception cref="ArgumentException">The person is not one of <see cref="Invitable(CaseAccess)"/>.</exception>
    /// <exception cref="NotTheirTaskException">The person who invites is named in the case.</exception>
    public Task InviteAsync(string caseId, string personId, string reason, ProcessContext context, CancellationToken cancellation = default) =>
        cases.ChangeAsync(caseId, context, async change =>
        {
            await change.RefuseNamedAsync();
            var row = ReadingRow.Row(ReadingGround.Invitation, personId);
            if (await change.GetAsync<ReadingRow>(row) is not null) return;
            if (Invitable(await rosters.OfAsync(change), change.Now).All(p => p.Id != personId)) throw new ArgumentException("This person cannot be invited.", nameof(personId));
            change.Put(row, new ReadingRow(ReadingGround.Invitation, personId, null, context.PersonKey, change.Now, null));
            change.Note("reading.invited", text: reason, fact: personId);
        }, cancellation);

    /// <summary>Ends an invitation. Nothing happens when there is none.</summary>
    /// <exception cref="NotTheirTaskException">The person who ends it is named in the case.</exception>
    public Task EndAsync(string caseId, string personId, ProcessContext context, CancellationToken cancellation = default) =>
        cases.ChangeAsync(caseId, context, async change =>
        {
            await change.RefuseNamedAsync();
            var row = ReadingRow.Row(ReadingGround.Invitation, personId);
            if (await change.GetAsync<ReadingRow>(row) is null) return;
            change.Remove(row);
            change.Note("reading.ended", fact: personId);
        }, cancellation);

    /// <summary>Who is let in now.</summary>
    public async Task<IReadOnlyList<ReadingRow>> ListAsync(string caseId, DateTimeOffset at, CancellationToken cancellation = default) =>
        [.. (await cases.ListAsync<ReadingRow>(caseId, ReadingRow.Prefix, cancellation)).Select(row => row.Value).Where(row => row.Covers(at))];

    private static IReadOnlyList<Person> Invitable(CaseRoster roster, DateTimeOffset at) =>
        [.. roster.Directory.Holders(Role.Hr, roster.Common.SchoolId, at).Where(p => !roster.Excluded.Contains(p.Id))];
}
