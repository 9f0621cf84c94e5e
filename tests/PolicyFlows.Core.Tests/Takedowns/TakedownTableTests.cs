using PolicyFlows.Core.Hosts;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.Settings;
using PolicyFlows.Core.Takedowns;

namespace PolicyFlows.Core.Tests.Takedowns;

/// <summary>The rules of clauses 9.3 and 9.4 as tables. Hours count from the report; the request was sent at 2 h, so its checks are at 26 h and 50 h.</summary>
public sealed class TakedownTableTests
{
    private static readonly DateTimeOffset Start = new(2026, 10, 24, 21, 0, 0, TimeSpan.Zero);
    private static readonly Durations Times = new();

    /// <summary>"sent 2", "sent 30 provider", "gone 26 asked 26", "there …", "unclear …", "changed …", "impossible 5", "confirmed 6", "withdrawn 3".</summary>
    private static TakedownRecord Of(string story)
    {
        var takedown = new TakedownRecord { No = 1, Ground = Ground.Other, ClockStart = Start, OpenedAt = Start, FirstRung = Rung.Host };
        foreach (var words in story.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(s => s.Split(' ')))
        {
            var at = Start + TimeSpan.FromHours(double.Parse(words[1], System.Globalization.CultureInfo.InvariantCulture));
            takedown = words[0] switch
            {
                "sent" => takedown with { Requests = [.. takedown.Requests, new(words.Length > 2 ? Rung.HostingProvider : Rung.Host, at, "p", null)] },
                "impossible" => takedown with { NotRemoved = new("p", at, "because") },
                "confirmed" => takedown with { NotRemoved = takedown.NotRemoved! with { ConfirmedByKey = "q" }, State = TakedownState.NotRemoved, EndedAt = at },
                "withdrawn" => takedown with { State = TakedownState.Withdrawn, EndedAt = at },
                "removed" => takedown with { State = TakedownState.Removed, EndedAt = at },
                var outcome => takedown with
                {
                    Checks = [.. takedown.Checks, new("t", takedown.Requests.Count, at, at, "p", outcome switch
                    {
                        "gone" => CheckOutcome.Gone, "changed" => CheckOutcome.ChangedAsAsked, "there" => CheckOutcome.StillThere, _ => CheckOutcome.CannotTell,
                    })],
                },
            };
        }

        return takedown;
    }

    [Theory]
    [InlineData("", 0, TakedownStep.Request, 24.0)]
    [InlineData("", 100, TakedownStep.Request, 24.0)]
    [InlineData("sent 2", 25.999, TakedownStep.WaitForCheck, 26.0)]
    [InlineData("sent 2", 26, TakedownStep.Check, 26.0)]
    [InlineData("sent 2, gone 26", 49.999, TakedownStep.WaitForCheck, 50.0)]
    [InlineData("sent 2, gone 26", 50, TakedownStep.Check, 50.0)]
    [InlineData("sent 2, gone 40", 50, TakedownStep.WaitForCheck, 64.0)]
    [InlineData("sent 2, changed 26", 50, TakedownStep.Check, 50.0)]
    [InlineData("sent 2, unclear 27", 27, TakedownStep.Check, 27.0)]
    [InlineData("sent 2, unclear 27, unclear 28", 28, TakedownStep.Check, 28.0)]
    [InlineData("sent 2, gone 26, unclear 50", 50, TakedownStep.Check, 50.0)]
    [InlineData("sent 2, there 26", 26, TakedownStep.HostingProvider, 50.0)]
    [InlineData("sent 2, gone 26, there 50", 50, TakedownStep.HostingProvider, 74.0)]
    [InlineData("sent 2, there 26, sent 30 provider", 53, TakedownStep.WaitForCheck, 54.0)]
    [InlineData("sent 2, there 26, sent 30 provider", 54, TakedownStep.Check, 54.0)]
    [InlineData("sent 2, there 26, sent 30 provider, gone 54", 77, TakedownStep.WaitForCheck, 78.0)]
    [InlineData("impossible 5", 5, TakedownStep.ConfirmNotRemoved, null)]
    [InlineData("sent 2, there 26, impossible 27", 27, TakedownStep.ConfirmNotRemoved, null)]
    [InlineData("impossible 5, confirmed 6", 6, TakedownStep.End, null)]
    [InlineData("sent 2, withdrawn 3", 26, TakedownStep.End, null)]
    [InlineData("sent 2, gone 26, gone 50, removed 50", 50, TakedownStep.End, null)]
    public void The_next_step_follows_from_the_record(string story, double hour, TakedownStep step, double? at)
    {
        var next = TakedownPlan.Next(Of(story), Times, Start + TimeSpan.FromHours(hour));
        Assert.Equal((step, at), (next.Step, next.At is { } when ? (when - Start).TotalHours : (double?)null));
    }

    [Theory]
    [InlineData("sent 2, gone 26, gone 50", true)]
    [InlineData("sent 2, gone 26, changed 50", true)]
    [InlineData("sent 2, gone 26, unclear 50, gone 51", true)]
    [InlineData("sent 2, gone 26", false)]
    [InlineData("sent 2, gone 26, unclear 50", false)]
    [InlineData("sent 2, gone 26, there 50", false)]
    [InlineData("sent 2, gone 26, there 50, sent 60 provider, gone 84", false)]
    [InlineData("sent 2, there 26, sent 30 provider, gone 54, gone 78", true)]
    public void Removed_is_gone_twice_since_the_newest_request(string story, bool gone) => Assert.Equal(gone, TakedownPlan.GoneTwice(Of(story)));

    [Theory]
    [InlineData("", 23.999, "running")]
    [InlineData("", 24, "running")]
    [InlineData("", 24.001, "missed")]
    [InlineData("sent 24", 30, "kept at 24")]
    [InlineData("sent 24.001", 30, "missed at 24.001")]
    [InlineData("sent 2, there 26, sent 30 provider", 60, "kept at 2")]
    [InlineData("withdrawn 3", 60, "kept at 3")]
    [InlineData("impossible 30, confirmed 31", 60, "missed at 31")]
    public void The_sent_clock(string story, double hour, string expected) => Assert.Equal(expected, Words(TakedownClocks.Sent(Of(story), Times, At(hour))));

    [Theory]
    [InlineData("", 100, "none")]
    [InlineData("sent 2", 26, "running")]
    [InlineData("sent 2", 500, "running")]
    [InlineData("sent 2, gone 26", 26, "kept at 26")]
    [InlineData("sent 2, gone 40", 500, "kept at 40")]
    [InlineData("sent 2, changed 26", 500, "kept at 26")]
    [InlineData("sent 2, unclear 26", 500, "running")]
    [InlineData("sent 2, unclear 26, gone 30", 500, "kept at 30")]
    [InlineData("sent 2, there 27", 27, "missed at 26")]
    [InlineData("sent 2, there 27, sent 30 provider, gone 54, gone 78, removed 78", 500, "missed at 26")]
    [InlineData("sent 2, gone 26, there 50", 500, "kept at 26")]
    [InlineData("sent 2, impossible 5, confirmed 6", 6, "missed at 26")]
    [InlineData("sent 2, withdrawn 20", 500, "kept at 20")]
    [InlineData("sent 2, withdrawn 30", 500, "missed at 30")]
    [InlineData("sent 2, gone 26, withdrawn 30", 500, "kept at 26")]
    public void The_removed_clock(string story, double hour, string expected) =>
        Assert.Equal(expected, TakedownClocks.Removed(Of(story), Times, At(hour)) is { } face ? Words(face) : "none");

    [Theory]
    [InlineData(null, 4, "running")]
    [InlineData(null, 4.001, "missed")]
    [InlineData(4.0, 50, "kept at 4")]
    [InlineData(4.001, 50, "missed at 4.001")]
    public void The_decision_clock(double? decided, double hour, string expected)
    {
        var incident = new IncidentRecord
        {
            Reference = "INC-1", SchoolId = "s", ReceiptHash = "", ReportedAt = Start,
            Decisions = decided is { } at ? [new("decide-1", [IncidentRoute.Support], Ground.Other, "", "p", null, At(at)), new("decide-2", [], Ground.Other, "", "p", null, At(99))] : [],
        };
        Assert.Equal(expected, Words(TakedownClocks.Decision(incident, Times, At(hour))));
    }

    /// <summary>The night in which the clocks go back: elapsed hours are elapsed hours.</summary>
    [Fact]
    public void A_clock_runs_24_hours_over_the_end_of_summer_time() =>
        Assert.Equal(Start.AddHours(24), TakedownClocks.Sent(Of(""), Times, Start).DueAt);

    private static DateTimeOffset At(double hour) => Start + TimeSpan.FromHours(hour);

    private static string Words(ClockFace face)
    {
        var stopped = face.StoppedAt is { } at ? FormattableString.Invariant($" at {(at - Start).TotalHours:0.###}") : "";
        return face.Kept is { } kept ? (kept ? "kept" : "missed") + stopped : "running";
    }
}
