using PolicyFlows.Core.Rounds;
using PolicyFlows.Core.Tests.Cases;
using PolicyFlows.Core.Time;
using PolicyFlows.Durable;

namespace PolicyFlows.Core.Tests.Rounds;

public sealed class RoundsTests
{
    [Fact]
    public async Task Work_of_today_is_started_and_work_of_a_later_day_is_not()
    {
        await using var spine = await Spine.StartAsync();
        await spine.Cases.ChangeAsync("INC-1", spine.As("p-1"), async change =>
        {
            await change.StartAsync("SupportFollowUp", "today", "1", spine.Time.Now.AddHours(1));
            await change.StartAsync("SupportFollowUp", "later", "2", spine.Time.Now.AddDays(7));
        });
        spine.Time.Now = spine.Time.Now.AddDays(1);
        Assert.Equal(1, await spine.Get<StartDueWork>().RunAsync(new("t", "i"), "20261006"));
        Assert.Equal(["today"], spine.Engine.Started);
    }

    [Fact]
    public async Task The_day_is_sealed_once_and_its_head_changes_with_any_case()
    {
        await using var spine = await Spine.StartAsync();
        await spine.ReportAsync();
        var first = await SealAsync(spine);
        await spine.ReportAsync("INC-33333333");
        Assert.Equal(first, await SealAsync(spine));
        spine.Time.Now = spine.Time.Now.AddDays(1);
        var second = await SealAsync(spine);
        Assert.NotEqual(first, second);
        Assert.Equal(["20261005", "20261006"], await spine.RowsAsync("heads", ""));
    }

    [Fact]
    public async Task Instances_that_ended_a_month_ago_are_forgotten_page_by_page_and_no_others()
    {
        var now = new DateTimeOffset(2026, 10, 5, 9, 0, 0, TimeSpan.Zero);
        var engine = new PagedEngine();
        for (var i = 0; i < 5; i++) engine.Add($"old-{i}", OrchestrationRuntimeStatus.Completed, now.AddDays(-31));
        engine.Add("failed", OrchestrationRuntimeStatus.Failed, now.AddDays(-31));
        engine.Add("young", OrchestrationRuntimeStatus.Completed, now.AddDays(-30));
        engine.Add("running", OrchestrationRuntimeStatus.Running, now.AddDays(-90));
        engine.Add("blocked", OrchestrationRuntimeStatus.Blocked, now.AddDays(-90));
        Assert.Equal(6, await new ForgetEndedInstances(engine, new BusinessClock(new Clock(now))).RunAsync(new("t", "i"), "20261005"));
        Assert.Equal(["blocked", "running", "young"], engine.Ids);
    }

    private static Task<string> SealAsync(Spine spine) => spine.Get<SealDay>().RunAsync(new("t", "i"), "day");

    /// <summary>An engine that lists two instances a page.</summary>
    private sealed class PagedEngine : DurableTaskClient
    {
        private readonly SortedDictionary<string, OrchestrationMetadata> all = new(StringComparer.Ordinal);

        public IEnumerable<string> Ids => all.Keys;

        public void Add(string id, OrchestrationRuntimeStatus status, DateTimeOffset at) => all[id] = new(id, "n", "1", status, at, at, null, null, null, null);

        public override Task<IReadOnlyList<OrchestrationMetadata>> GetAllInstancesAsync(OrchestrationQuery query, CancellationToken cancellation = default) =>
            Task.FromResult<IReadOnlyList<OrchestrationMetadata>>([.. all.Values
                .Where(i => query.Statuses!.Contains(i.RuntimeStatus) && string.CompareOrdinal(i.InstanceId, query.After) > 0).Take(2)]);

        public override Task<bool> PurgeInstanceAsync(string instanceId, CancellationToken cancellation = default) => Task.FromResult(all.Remove(instanceId));

        public override Task<OrchestrationMetadata?> GetInstanceAsync(string instanceId, CancellationToken cancellation = default) => Task.FromResult(all.GetValueOrDefault(instanceId));

        public override Task<string> ScheduleNewOrchestrationInstanceAsync(string orchestratorName, object? input, string instanceId, CancellationToken cancellation = default) => throw new NotSupportedException();

        public override Task RaiseEventAsync(string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default) => throw new NotSupportedException();

        public override Task TerminateInstanceAsync(string instanceId, string reason, CancellationToken cancellation = default) => throw new NotSupportedException();
    }
}
