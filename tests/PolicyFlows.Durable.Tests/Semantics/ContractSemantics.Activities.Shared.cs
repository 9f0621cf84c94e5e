using Xunit;

namespace PolicyFlows.Durable.Tests.Semantics;

/// <summary>Activities: results, failures, retries.</summary>
public abstract partial class ContractSemantics
{
    [Fact]
    [States(typeof(TaskOrchestrationContext), nameof(TaskOrchestrationContext.CallActivityAsync), nameof(TaskOrchestrationContext.CallActivityAsync))]
    [States(typeof(TaskActivity<,>), nameof(TaskActivity<,>.RunAsync))]
    [States(typeof(TaskActivityContext), nameof(TaskActivityContext.Name), nameof(TaskActivityContext.InstanceId))]
    [States(typeof(DurableTaskRegistry), nameof(DurableTaskRegistry.AddActivity), nameof(DurableTaskRegistry.ActivityNames))]
    public async Task An_activity_gets_its_input_knows_who_calls_it_and_gives_its_result()
    {
        var told = new List<string>();
        var program = new SmallProgram()
            .Does<string, string>("Echo", (context, input) => $"{input} {context.Name} {context.InstanceId}")
            .Does<string, string>("Tell", input =>
            {
                lock (told) told.Add(input ?? "nothing");
                return "not looked at";
            })
            .Flow("Flow", async context =>
            {
                await context.CallActivityAsync("Tell", "something");
                await context.CallActivityAsync("Tell");
                return await context.CallActivityAsync<string>("Echo", "hello");
            });
        Assert.Equal(["Echo", "Tell"], program.Registry.ActivityNames);
        Assert.Equal("hello Echo one", await RunAsync(program));
        Assert.Equal(["something", "nothing"], told);
    }

    [Fact]
    [States(typeof(TaskOrchestrationContext), nameof(TaskOrchestrationContext.CallActivityAsync))]
    public async Task Activities_awaited_together_give_their_results_in_the_order_of_their_calls()
    {
        var program = new SmallProgram().Does<int, string>("Word", n => $"{n}").Flow("Flow", async context =>
            string.Join(' ', await Task.WhenAll(Enumerable.Range(1, 5).Select(n => context.CallActivityAsync<string>("Word", n)))));
        Assert.Equal("1 2 3 4 5", await RunAsync(program));
    }

    [Fact]
    [States(typeof(TaskFailedException), nameof(TaskFailedException.TaskName), nameof(TaskFailedException.FailureDetails))]
    [States(typeof(TaskFailureDetails), nameof(TaskFailureDetails.ErrorType), nameof(TaskFailureDetails.ErrorMessage), nameof(TaskFailureDetails.StackTrace), nameof(TaskFailureDetails.InnerFailure))]
    public async Task A_failed_activity_is_caught_as_data_its_inner_failures_with_it()
    {
        var program = new SmallProgram()
            .Does<string, string>("Fail", _ => throw new InvalidOperationException("outer", new FormatException("inner")))
            .Flow("Flow", async context =>
            {
                var failed = await FailureOf(context.CallActivityAsync<string>("Fail", "x"));
                var why = failed.FailureDetails;
                Assert.Contains(nameof(ContractSemantics), why.StackTrace, StringComparison.Ordinal);
                return $"{failed.TaskName}: {why.ErrorType}: {why.ErrorMessage}; {why.InnerFailure!.ErrorType}: {why.InnerFailure.ErrorMessage}; {why.InnerFailure.InnerFailure is null}";
            });
        Assert.Equal("Fail: System.InvalidOperationException: outer; System.FormatException: inner; True", await RunAsync(program));
    }

    [Fact]
    [States(typeof(TaskOptions), nameof(TaskOptions.Retry))]
    [States(typeof(RetryPolicy), nameof(RetryPolicy.MaxNumberOfAttempts))]
    public async Task A_failed_activity_runs_as_often_as_its_policy_says_and_not_at_all_again_without_one()
    {
        var tries = new List<string>();
        await using var engine = await OnAsync(new SmallProgram()
            .Does<string, string>("Fail", input =>
            {
                lock (tries) tries.Add(input);
                if (input == "third time" && tries.Count(t => t == input) == 3) return "well";
                throw new InvalidOperationException($"no {input}");
            })
            .Flow<double, string>("Flow", async (context, hour) =>
            {
                var policy = new TaskOptions(new RetryPolicy(3, TimeSpan.FromMilliseconds(hour)));
                var well = await context.CallActivityAsync<string>("Fail", "third time", policy);
                foreach (var (input, options) in new[] { ("never", policy), ("once", null), ("once more", new TaskOptions()) })
                {
                    well += $", {(await FailureOf(context.CallActivityAsync<string>("Fail", input, options))).FailureDetails.ErrorMessage}";
                }

                return well;
            }));
        Assert.Equal("well, no never, no once, no once more", await RunAsync(engine, engine.Hour.TotalMilliseconds));
        Assert.Equal(["third time", "third time", "third time", "never", "never", "never", "once", "once more"], tries);
    }

    [Theory]
    [InlineData(1.0, 0.0, 3.0)]
    [InlineData(3.0, 0.0, 13.0)]
    [InlineData(100.0, 2.0, 5.0)]
    [States(typeof(RetryPolicy), nameof(RetryPolicy.FirstRetryInterval), nameof(RetryPolicy.BackoffCoefficient), nameof(RetryPolicy.MaxRetryInterval))]
    public async Task Each_wait_between_tries_is_longer_by_a_factor_but_no_longer_than_the_longest(double factor, double longest, double waited)
    {
        await using var engine = await OnAsync(new SmallProgram()
            .Does<string, string>("Fail", _ => throw new InvalidOperationException("no"))
            .Flow<double, string>("Flow", async (context, milliseconds) =>
            {
                var (began, hour) = (context.CurrentUtcDateTime, TimeSpan.FromMilliseconds(milliseconds));
                var policy = new RetryPolicy(4, hour, factor, longest == 0 ? null : hour * longest);
                await FailureOf(context.CallActivityAsync<string>("Fail", "x", new TaskOptions(policy)));
                return $"{(context.CurrentUtcDateTime - began).Ticks}";
            }));
        InTime(engine, engine.Hour * waited, TimeSpan.FromTicks(long.Parse((await RunAsync(engine, engine.Hour.TotalMilliseconds))!, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    [States(typeof(Json), nameof(Json.Options), nameof(Json.Write), nameof(Json.Read))]
    [States(typeof(OrchestrationMetadata), nameof(OrchestrationMetadata.SerializedInput), nameof(OrchestrationMetadata.SerializedOutput))]
    public async Task What_crosses_a_boundary_is_JSON_with_web_names_and_words_for_enums()
    {
        var program = new SmallProgram()
            .Does<Fact, Fact>("Echo", input => input with { Day = DayOfWeek.Friday })
            .Flow<Fact, Fact>("Flow", async (context, input) =>
            {
                context.SetCustomStatus(input);
                return await context.CallActivityAsync<Fact>("Echo", input);
            });
        await using var engine = await OnAsync(program);
        var input = new Fact("a", DayOfWeek.Monday, new DateTime(2026, 11, 23, 9, 0, 0, DateTimeKind.Utc));
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Flow", input, "one");
        var end = await EndAsync(engine);
        Assert.Equal("""{"name":"a","day":"Monday","at":"2026-11-23T09:00:00Z"}""", end.SerializedInput);
        Assert.Equal("""{"name":"a","day":"Monday","at":"2026-11-23T09:00:00Z"}""", end.SerializedCustomStatus);
        Assert.Equal("""{"name":"a","day":"Friday","at":"2026-11-23T09:00:00Z"}""", end.SerializedOutput);
        Assert.Equal((end.SerializedInput, input), (Json.Write(input), Json.Read<Fact>(end.SerializedInput)!));
        Assert.Equal(end.SerializedInput, System.Text.Json.JsonSerializer.Serialize(input, Json.Options));
    }

    public sealed record Fact(string Name, DayOfWeek Day, DateTime At, string? Absent = null);
}
