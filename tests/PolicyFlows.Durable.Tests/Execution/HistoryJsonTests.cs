using Xunit;

namespace PolicyFlows.Durable.Tests.Execution;

/// <summary>The stored forms. A form that was released is never changed; these literals are what old files hold.</summary>
public sealed class HistoryJsonTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);
    private static readonly TaskFailureDetails Failure = new("T", "m", "s", new("I", "n"));

    public static TheoryData<HistoryEvent, string> Forms => new()
    {
        { new TurnStarted(At), """{"type":"turnStarted","v":1,"at":"2026-11-23T09:00:00+00:00"}""" },
        { new ExecutionStarted("Flow", "1.2.3", "\"id\"", 4, 5), """{"type":"executionStarted","v":1,"name":"Flow","version":"1.2.3","input":"\"id\"","parentKey":4,"parentN":5,"engineRules":1}""" },
        { new ActivityCompleted(1, "{\"a\":\"é\"}"), """{"type":"activityCompleted","v":1,"n":1,"result":"{\"a\":\"é\"}"}""" },
        { new ActivityFailed(2, Failure), """{"type":"activityFailed","v":1,"n":2,"failure":{"errorType":"T","errorMessage":"m","stackTrace":"s","innerFailure":{"errorType":"I","errorMessage":"n"}}}""" },
        { new TimerFired(3), """{"type":"timerFired","v":1,"n":3}""" },
        { new EventRaised("x", null), """{"type":"eventRaised","v":1,"name":"x"}""" },
        { new ChildCompleted(4, "1"), """{"type":"childCompleted","v":1,"n":4,"result":"1"}""" },
        { new ChildFailed(5, new("T", "m")), """{"type":"childFailed","v":1,"n":5,"failure":{"errorType":"T","errorMessage":"m"}}""" },
        { new ActivityScheduled(6, "A", "00"), """{"type":"activityScheduled","v":1,"n":6,"name":"A","inputHash":"00"}""" },
        { new TimerCreated(7, At), """{"type":"timerCreated","v":1,"n":7,"due":"2026-11-23T09:00:00+00:00"}""" },
        { new TimerCancelled(8), """{"type":"timerCancelled","v":1,"n":8}""" },
        { new ChildScheduled(9, "K", "k/1", null), """{"type":"childScheduled","v":1,"n":9,"name":"K","instanceId":"k/1"}""" },
        { new ExecutionCompleted(OrchestrationRuntimeStatus.Failed, null), """{"type":"executionCompleted","v":1,"status":"Failed"}""" },
        { new ExecutionTerminated(At, "why"), """{"type":"executionTerminated","v":1,"at":"2026-11-23T09:00:00+00:00","reason":"why"}""" },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void Every_event_has_its_stored_form_and_comes_back_equal(HistoryEvent value, string json)
    {
        Assert.Equal(json, HistoryJson.Write(value));
        Assert.Equal(value, HistoryJson.Read(json));
        Assert.Equal([value, value], HistoryJson.ReadAll(HistoryJson.WriteAll([value, value])));
    }

    [Fact]
    public void Every_kind_of_event_is_in_the_list() =>
        Assert.Equal(
            typeof(HistoryEvent).Assembly.GetTypes().Where(t => t is { IsAbstract: false } && t.IsSubclassOf(typeof(HistoryEvent))).Select(t => t.Name).Order(),
            Forms.Select(row => row.Data.Item1.GetType().Name).Order());

    [Fact]
    public void Unknown_fields_are_ignored_and_unknown_types_are_not()
    {
        Assert.Equal(new TimerFired(3), HistoryJson.Read("""{"type":"timerFired","v":1,"n":3,"more":{"x":1}}"""));
        Assert.Throws<System.Text.Json.JsonException>(() => HistoryJson.Read("""{"type":"fromTheFuture","v":1}"""));
    }

    [Fact]
    public void The_hash_of_a_payload_is_the_first_64_bits_of_its_sha_256() =>
        Assert.Equal("e3b0c44298fc1c14", HistoryJson.Hash("")); // SHA-256 of nothing: FIPS 180-4 test value
}
