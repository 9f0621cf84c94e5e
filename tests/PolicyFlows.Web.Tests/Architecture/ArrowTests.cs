using PolicyFlows.Core;
using PolicyFlows.Durable;
using PolicyFlows.Mail.SendGrid;
using PolicyFlows.Server.Hosting;
using PolicyFlows.Storage;
using PolicyFlows.Storage.Blobs;
using PolicyFlows.Web.Pipeline;

namespace PolicyFlows.Web.Tests.Architecture;

/// <summary>Which project may know which. Arrows go one way.</summary>
public sealed class ArrowTests
{
    [Theory]
    [InlineData(typeof(TaskOrchestrationContext), "")]
    [InlineData(typeof(Workflows), "PolicyFlows.Durable")]
    [InlineData(typeof(SqliteFile), "PolicyFlows.Core PolicyFlows.Durable")]
    [InlineData(typeof(SendGridTransport), "PolicyFlows.Core PolicyFlows.Durable")]
    [InlineData(typeof(WebApplicationPipeline), "PolicyFlows.Core PolicyFlows.Durable")]
    [InlineData(typeof(EmbeddedServer), "PolicyFlows.Core PolicyFlows.Durable PolicyFlows.Storage PolicyFlows.Storage.Blobs PolicyFlows.Web")]
    [InlineData(typeof(EvidenceBlobs), "PolicyFlows.Core PolicyFlows.Durable")]
    public void A_project_knows_only_those_below_it(Type inProject, string allowed)
    {
        var known = inProject.Assembly.GetReferencedAssemblies().Select(a => a.Name!).Where(n => n.StartsWith("PolicyFlows", StringComparison.Ordinal));
        Assert.Empty(known.Except(allowed.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
    }

    [Theory]
    [InlineData(typeof(TaskOrchestrationContext))]
    [InlineData(typeof(Workflows))]
    [InlineData(typeof(WebApplicationPipeline))]
    public void Nothing_above_the_stores_knows_a_database(Type inProject) =>
        Assert.DoesNotContain(inProject.Assembly.GetReferencedAssemblies(), a => a.Name!.Contains("Sqlite", StringComparison.OrdinalIgnoreCase));

    [Fact]
    public void The_engine_needs_nothing_but_the_base_library_and_logging() =>
        Assert.DoesNotContain(typeof(TaskOrchestrationContext).Assembly.GetReferencedAssemblies().Select(a => a.Name!), name =>
            !name.StartsWith("System.", StringComparison.Ordinal) && name is not ("System" or "netstandard" or "Microsoft.Extensions.Logging.Abstractions"
                // Comes with the logging abstractions.
                or "Microsoft.Extensions.DependencyInjection.Abstractions"));
}
