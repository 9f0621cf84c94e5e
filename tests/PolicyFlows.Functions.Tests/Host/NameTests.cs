using Microsoft.Azure.Functions.Worker;
using PolicyFlows.Core;
using PolicyFlows.Durable;
using PolicyFlows.Functions.Http;
using PolicyFlows.Functions.Operations;
using PolicyFlows.Functions.Tests.Engine;

namespace PolicyFlows.Functions.Tests.Host;

/// <summary>What the app registers is what the program has, by the same names.</summary>
public sealed class NameTests
{
    private static readonly DurableTaskRegistry Registry = Workflows.Register(new DurableTaskRegistry());

    [Fact]
    public void Every_orchestration_has_a_function_and_no_function_is_without_one() =>
        Assert.Equal(Registry.OrchestratorNames.Order(StringComparer.Ordinal), FunctionsUnderTest.With<OrchestrationTriggerAttribute>().Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void Every_activity_has_a_function_and_no_function_is_without_one() =>
        Assert.Equal(Registry.ActivityNames.Order(StringComparer.Ordinal), FunctionsUnderTest.With<ActivityTriggerAttribute>().Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void The_app_has_one_function_for_each_of_them_and_two_of_its_own_and_no_other() =>
        Assert.Equal(
            Registry.OrchestratorNames.Concat(Registry.ActivityNames).Concat([Site.Name, Timers.SweepName]).Order(StringComparer.Ordinal),
            FunctionsUnderTest.Names.Order(StringComparer.Ordinal));

    [Fact]
    public void Beside_them_there_are_the_pages_and_the_sweep_alone()
    {
        Assert.Equal([Site.Name], FunctionsUnderTest.With<HttpTriggerAttribute>().Keys);
        Assert.Equal([Timers.SweepName], FunctionsUnderTest.With<TimerTriggerAttribute>().Keys);
    }

    [Fact]
    public void The_pages_are_one_function_for_every_path_that_also_answers_HEAD()
    {
        var trigger = FunctionsUnderTest.With<HttpTriggerAttribute>()[Site.Name].GetParameters()
            .SelectMany(p => p.GetCustomAttributes(inherit: false)).OfType<HttpTriggerAttribute>().Single();
        Assert.Equal("{*path}", trigger.Route);
        Assert.Equal(["get", "head", "post"], trigger.Methods!);
        Assert.Equal(AuthorizationLevel.Anonymous, trigger.AuthLevel);
    }
}
