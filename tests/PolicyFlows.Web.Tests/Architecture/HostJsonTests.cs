using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using PolicyFlows.Core;

namespace PolicyFlows.Web.Tests.Architecture;

/// <summary>What the Functions host is told agrees with the program and gives nothing away.</summary>
public sealed class HostJsonTests
{
    private static readonly JsonNode Host = JsonNode.Parse(File.ReadAllText(Path.Combine(Path.GetDirectoryName(Here())!, "..", "..", "..", "host.json")))!;

    private static JsonNode Durable => Host["extensions"]!["durableTask"]!;

    [Fact]
    public void New_instances_are_stamped_with_the_programs_version_and_older_ones_go_on()
    {
        Assert.Equal(Workflows.Version, (string?)Durable["defaultVersion"]);
        Assert.Equal("CurrentOrOlder", (string?)Durable["versionMatchStrategy"]);
        Assert.Equal("Reject", (string?)Durable["versionFailureStrategy"]);
    }

    [Fact]
    public void The_hub_has_a_name_and_an_account_of_its_own()
    {
        Assert.Equal("%POLICYFLOWS_HUB%", (string?)Durable["hubName"]);
        Assert.Equal("POLICYFLOWS_HUB_STORAGE", (string?)Durable["storageProvider"]!["connectionName"]);
    }

    [Fact]
    public void Traces_hold_no_inputs_and_pages_stand_at_the_root()
    {
        Assert.False((bool)Durable["tracing"]!["traceInputsAndOutputs"]!);
        Assert.Equal("", (string?)Host["extensions"]!["http"]!["routePrefix"]);
    }

    private static string Here([CallerFilePath] string path = "") => path;
}
