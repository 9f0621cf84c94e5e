using PolicyFlows.Core;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Durable;

namespace PolicyFlows.Web.Tests.Architecture;

/// <summary>What differs between the two engines is not used (architecture rules 1, 2, 4).</summary>
public sealed class WorkflowRuleTests
{
    private static readonly string[] Files = [.. Directory.EnumerateFiles(Path.Combine(Root(), "src", "PolicyFlows.Core"), "*.workflow.cs", SearchOption.AllDirectories)
        .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))];

    [Fact]
    public void Every_orchestration_lives_in_a_workflow_file_and_is_registered_under_its_class_name()
    {
        var classes = typeof(Workflows).Assembly.GetTypes().Where(IsOrchestrator).Select(t => t.Name).Order(StringComparer.Ordinal).ToList();
        var registered = Workflows.Register(new DurableTaskRegistry()).OrchestratorNames.Order(StringComparer.Ordinal);
        Assert.NotEmpty(classes);
        Assert.Equal(classes, registered);
        Assert.All(classes, name => Assert.Contains(Files, f => Path.GetFileName(f) == $"{name}.workflow.cs"));
    }

    [Fact]
    public void Orchestrations_take_one_id() => Assert.All(
        typeof(Workflows).Assembly.GetTypes().Where(IsOrchestrator), t => Assert.Equal(typeof(string), t.BaseType!.GetGenericArguments()[0]));

    [Fact]
    public void Activities_take_ids_and_give_ids_and_small_facts() => Assert.All(typeof(Workflows).Assembly.GetTypes().Where(IsActivity), type =>
    {
        var (input, output) = (type.BaseType!.GetGenericArguments()[0], type.BaseType.GetGenericArguments()[1]);
        // Every text of an input is named after what it identifies.
        if (input != typeof(string)) Assert.All(input.GetProperties(), p => Assert.True(p.PropertyType == typeof(string) && Ids.Contains(p.Name), $"{input.Name}.{p.Name} is no id."));
        Assert.All(output.Assembly == type.Assembly && !output.IsEnum ? output.GetProperties().Select(p => (p.Name, p.PropertyType)) : [("Result", output)], fact => Assert.True(
            IsFact(fact.PropertyType) || (fact.PropertyType == typeof(string) && (fact.Name == "Result" || Ids.Contains(fact.Name))), $"{type.Name} gives {fact.Name}, which is neither an id nor a small fact."));
    });

    [Fact]
    public void A_child_gets_an_id_that_was_never_used()
    {
        var starts = Files.Where(f => File.ReadAllText(f).Contains("CallSubOrchestratorAsync", StringComparison.Ordinal)).ToList();
        Assert.Equal(["Flow.workflow.cs"], starts.Select(Path.GetFileName));
        Assert.Contains("new SubOrchestrationOptions($\"{task}~{context.NewGuid():N}\")", File.ReadAllText(starts[0]), StringComparison.Ordinal);
    }

    [Fact]
    public void Events_are_waited_for_in_one_place_under_a_name_with_its_round()
    {
        var waits = Files.Where(f => File.ReadAllText(f).Contains("WaitForExternalEvent", StringComparison.Ordinal)).Select(Path.GetFileName);
        Assert.Equal(["HumanTask.workflow.cs"], waits);
        Assert.NotEqual(HumanTask.EventName("INC-1~decide-1", 1), HumanTask.EventName("INC-1~decide-1", 2));
        Assert.NotEqual(HumanTask.EventName("INC-1~decide-1", 1), HumanTask.EventName("INC-1~decide-2", 1));
    }

    [Fact]
    public void Nobody_continues_as_new() => Assert.All(Files, f => Assert.DoesNotContain("ContinueAsNew", File.ReadAllText(f), StringComparison.Ordinal));

    [Fact]
    public void No_instance_waits_longer_than_35_days() => Assert.True(HumanTask.LongestLife <= TimeSpan.FromDays(35));

    [Fact]
    public void Only_replayed_code_is_held_to_its_rules() => Assert.All(Files, f => Assert.Contains("TaskOrchestrat", File.ReadAllText(f), StringComparison.Ordinal));

    private static readonly string[] Ids = ["Task", "InstanceId"];

    private static bool IsFact(Type type) => (Nullable.GetUnderlyingType(type) ?? type) is var t && (t.IsEnum || t == typeof(bool) || t == typeof(int) || t == typeof(DateTime));

    private static bool IsActivity(Type type) => type.BaseType is { IsGenericType: true } b && b.GetGenericTypeDefinition() == typeof(TaskActivity<,>);

    private static bool IsOrchestrator(Type type) => type.BaseType is { IsGenericType: true } b && b.GetGenericTypeDefinition() == typeof(TaskOrchestrator<,>);

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "PolicyFlows.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("These tests read the sources beside PolicyFlows.sln.");
    }
}
