using System.Runtime.CompilerServices;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.Takedowns;
using PolicyFlows.Web.Tests.Support;
using static PolicyFlows.Core.People.DemonstrationSeed;

namespace PolicyFlows.Web.Tests.Scenarios;

/// <summary>What a case asks of the store, for whoever reckons what it costs: docs/azure.md holds the same figures, and a change shows here.</summary>
public sealed class OperationsPerCaseTests
{
    [Fact]
    public async Task A_removal_that_goes_well_costs_what_the_documentation_says()
    {
        await using var program = await TestProgram.StartAsync(new() { Pages = false });
        await program.RunAsync();
        var acts = new ServiceActs(program);
        var (reads, writes, turns) = (program.Records.Reads, program.Records.Commits, program.Turns);

        var incident = await acts.ReportAsync(new());
        await program.AtAsync(1);
        await acts.DecideAsync(Manager, incident, IncidentRoute.Takedown);
        await program.AtAsync(2);
        await acts.FiledAsync(Manager, incident, "file-01");
        await program.AtAsync(26);
        await acts.CheckedAsync(Manager, incident, "check-01-1", CheckOutcome.Gone);
        await program.AtAsync(50);
        await acts.CheckedAsync(Manager, incident, "check-01-2", CheckOutcome.Gone);
        Assert.Empty(await acts.CloseAsync(Manager, incident));

        var row = $"| report, removal, gone twice, closed; two daily rounds among it | {program.Records.Reads - reads} | {program.Records.Commits - writes} | {program.Turns - turns} | {program.Mail.All.Count} |";
        var documentation = await File.ReadAllTextAsync(Path.Combine(Path.GetDirectoryName(Here())!, "..", "..", "..", "docs", "azure.md"));
        Assert.True(documentation.Contains(row, StringComparison.Ordinal), $"docs/azure.md should say: {row}");
    }

    private static string Here([CallerFilePath] string path = "") => path;
}
