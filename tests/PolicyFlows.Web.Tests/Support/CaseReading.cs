using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Tasks;

namespace PolicyFlows.Web.Tests.Support;

/// <summary>What is stored, as it is.</summary>
public static class CaseReading
{
    public static Task<IncidentRecord> IncidentAsync(this TestProgram program, string reference) => program.Get<CaseStore>().NeedAsync<IncidentRecord>(reference, Rows.Case);

    public static Task<CasePeople> PeopleAsync(this TestProgram program, string reference) => program.Get<CaseStore>().NeedAsync<CasePeople>(reference, Rows.People);

    public static Task<TaskRecord> TaskAsync(this TestProgram program, string reference, string id) => program.Get<CaseStore>().NeedAsync<TaskRecord>(reference, Rows.Task(id));

    /// <summary>The newest task of a kind.</summary>
    public static async Task<TaskRecord> TaskAsync(this TestProgram program, string reference, TaskKind kind) => (await program.TasksAsync(reference)).Last(t => t.Kind == kind);

    public static async Task<IReadOnlyList<TaskRecord>> TasksAsync(this TestProgram program, string reference) =>
        [.. (await program.Get<CaseStore>().ListAsync<TaskRecord>(reference, Rows.TaskPrefix)).Select(t => t.Value)];

    /// <summary>References of all cases that are stored, of one kind.</summary>
    public static async Task<IReadOnlyList<string>> CasesAsync(this TestProgram program, string prefix)
    {
        var found = new List<string>();
        await foreach (var id in program.Get<CaseListing>().AllAsync(prefix))
            if (await program.Get<CaseStore>().GetAsync<CaseCommon>(id, Rows.Case) is not null) found.Add(id);
        return found;
    }

    /// <summary>Every row of a case with its version: equal before and after means that nothing was changed.</summary>
    public static async Task<string> PictureAsync(this TestProgram program, string partition)
    {
        var lines = new List<string>();
        string? continuation = null;
        do
        {
            var page = await program.Records.RangeAsync(partition, "", continuation);
            lines.AddRange(page.Rows.Select(r => $"{r.Row} {r.Tag} {r.Data}"));
            continuation = page.Continuation;
        }
        while (continuation is not null);
        return string.Join('\n', lines);
    }

    /// <summary>A person leaves the trust.</summary>
    public static async Task LeaveAsync(this TestProgram program, string personId)
    {
        var store = program.Get<DirectoryStore>();
        await store.SaveAsync(new DirectoryChange { People = [(await store.RequireAsync()).Person(personId)! with { Active = false }] });
    }
}
