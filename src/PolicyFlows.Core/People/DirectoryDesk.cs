using System.Security.Cryptography;
using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Records;
using PolicyFlows.Core.Settings;
using PolicyFlows.Core.Tasks;

namespace PolicyFlows.Core.People;

/// <summary>What an administrator changes: schools, people, their roles and absences. Each act is one batch with its entry of the configuration log.</summary>
public sealed class DirectoryDesk(DirectoryStore directories, Leavers leavers)
{
    private const int MostTries = 5;

    /// <summary>A fresh id: opaque, and none that can be taken for a word or a number.</summary>
    public static string NewId(string kind) => $"{kind}-{RandomNumberGenerator.GetString("bcdfghjkmnpqrstvwxyz23456789", 8)}";

    /// <summary>Adds a school, or changes its name and number.</summary>
    public Task SaveSchoolAsync(School school, ProcessContext context, CancellationToken cancellation = default) =>
        ChangeAsync(context, _ => new DirectoryChange { Schools = [school] }, cancellation);

    /// <summary>Adds somebody who works here.</summary>
    /// <exception cref="DirectoryRuleException">See <see cref="DirectoryRule"/>.</exception>
    public Task AddPersonAsync(Person person, ProcessContext context, CancellationToken cancellation = default) =>
        ChangeAsync(context, _ => new DirectoryChange { People = [person] }, cancellation);

    /// <summary>Changes somebody as they stand when it is done, so that two people who change different things both succeed.</summary>
    /// <exception cref="DirectoryRuleException">See <see cref="DirectoryRule"/>.</exception>
    public Task ChangePersonAsync(string personId, Func<Person, Person> change, ProcessContext context, CancellationToken cancellation = default) =>
        ChangeAsync(context, directory => new DirectoryChange { People = [change(directory.Person(personId) ?? throw new DirectoryRuleException(DirectoryRule.ChangedMeanwhile))] }, cancellation);

    /// <summary>Notes that somebody is away, and who stands in.</summary>
    public Task AddAbsenceAsync(Absence absence, ProcessContext context, CancellationToken cancellation = default) =>
        ChangeAsync(context, directory => directory.Person(absence.PersonId) is null
            ? throw new DirectoryRuleException(DirectoryRule.ChangedMeanwhile)
            : new DirectoryChange { Absences = [absence] }, cancellation);

    /// <summary>Forgets an absence that has not begun, or ends one that lasts; one that is over stays as it was.</summary>
    public Task EndAbsenceAsync(string absenceId, ProcessContext context, CancellationToken cancellation = default) =>
        ChangeAsync(context, directory => directory.Absences.FirstOrDefault(absence => absence.Id == absenceId) switch
        {
            null => new DirectoryChange(),
            var ahead when context.At < ahead.From => new DirectoryChange { RemovedAbsenceIds = [ahead.Id] },
            var lasting when lasting.Covers(context.At) => new DirectoryChange { Absences = [lasting with { To = context.At }] },
            _ => new DirectoryChange(),
        }, cancellation);

    /// <summary>
    /// Ends somebody's time here from an instant on, or takes that back (null). Sessions, links and roles end with the instant itself; open tasks
    /// go to whoever is next: at once where the instant has come, else with the next sweep after it.
    /// </summary>
    /// <exception cref="DirectoryRuleException">See <see cref="DirectoryRule"/>.</exception>
    public async Task LeaveAsync(string personId, DateTimeOffset? at, ProcessContext context, CancellationToken cancellation = default)
    {
        await ChangePersonAsync(personId, person => person with { LeavesAt = at, Active = true }, context, cancellation);
        if (at > context.At || at is null) return;
        foreach (var task in await leavers.TasksOfAsync(personId, cancellation)) await leavers.HandOnAsync(task, cancellation);
    }

    /// <summary>Changes the settings as they stand when it is done.</summary>
    /// <exception cref="DirectoryRuleException">Durations that cannot be (<see cref="DurationRules"/>), of the trust or with what a school has different.</exception>
    public Task ChangeSettingsAsync(Func<TrustSettings, TrustSettings> change, ProcessContext context, CancellationToken cancellation = default) =>
        ChangeAsync(context, directory =>
        {
            var changed = change(directory.Settings);
            var sets = changed.Overrides.Keys.Select(changed.For).Prepend(changed.Durations);
            return sets.Any(durations => DurationRules.Check(durations).Count > 0) ? throw new DirectoryRuleException(DirectoryRule.Durations) : new DirectoryChange { Settings = changed };
        }, cancellation);

    private async Task ChangeAsync(ProcessContext context, Func<TrustDirectory, DirectoryChange> change, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var before = await directories.RequireAsync(cancellation);
            var wanted = change(before);
            foreach (var person in wanted.People) DirectoryRules.Check(before, person, context.PersonKey, context.At);
            var entries = ConfigurationLog.Entries(context, Differences(before, wanted));
            if (entries.Count == 0) return;
            try
            {
                await directories.SaveAsync(wanted, version => ConfigurationLog.Rows(version, entries), cancellation);
                return;
            }
            catch (RecordConflictException) when (attempt < MostTries)
            {
                // Somebody else changed the directory: the rules are weighed again on what stands there now.
            }
        }
    }

    private static IEnumerable<(string Subject, string Name, object? Before, object? After)> Differences(TrustDirectory before, DirectoryChange wanted) =>
    [
        .. wanted.Settings is { } settings ? [("settings", settings.TrustName, (object?)before.Settings, (object?)settings)] : Array.Empty<(string, string, object?, object?)>(),
        .. wanted.Schools.Select(school => ("school:" + school.Id, school.Name, (object?)before.School(school.Id), (object?)school)),
        .. wanted.People.Select(person => ("person:" + person.Id, person.Name, (object?)before.Person(person.Id), (object?)person)),
        .. wanted.Absences.Select(absence => ("person:" + absence.PersonId, before.NameOf(absence.PersonId), AbsenceOf(before, absence.Id), (object?)absence)),
        .. wanted.RemovedAbsenceIds.Select(id => AbsenceOf(before, id)).OfType<Absence>()
            .Select(absence => ("person:" + absence.PersonId, before.NameOf(absence.PersonId), (object?)absence, (object?)null)),
    ];

    private static object? AbsenceOf(TrustDirectory directory, string id) => directory.Absences.FirstOrDefault(absence => absence.Id == id);
}
