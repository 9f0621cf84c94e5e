using PolicyFlows.Core.Settings;

namespace PolicyFlows.Core.Takedowns;

/// <summary>What a takedown needs next.</summary>
public enum TakedownStep { Request, WaitForCheck, Check, HostingProvider, ConfirmNotRemoved, End }

/// <summary>The next step, and when where it waits.</summary>
/// <param name="At">Time of the check, or due time of the request.</param>
public sealed record TakedownNext(TakedownStep Step, DateTimeOffset? At = null);

/// <summary>The rules of clauses 9.3 and 9.4 as one pure function of the record.</summary>
public static class TakedownPlan
{
    /// <summary>What comes next at <paramref name="now"/>.</summary>
    public static TakedownNext Next(TakedownRecord takedown, Durations d, DateTimeOffset now)
    {
        if (takedown.State != TakedownState.Open) return new(TakedownStep.End);
        if (takedown.NotRemoved is { ConfirmedByKey: null }) return new(TakedownStep.ConfirmNotRemoved);
        if (takedown.Requests.Count == 0) return new(TakedownStep.Request, takedown.ClockStart + d.SentDue);

        var sentAt = takedown.Requests[^1].SentAt;
        var checks = takedown.Checks.Where(c => c.RequestNo == takedown.Requests.Count).ToList();
        if (checks.Count == 0) return At(sentAt + d.FirstCheck);
        var last = checks[^1];
        return last.Outcome switch
        {
            CheckOutcome.StillThere => new(TakedownStep.HostingProvider, last.AnsweredAt + d.HostingProviderDue),
            // Another person is asked at once: only an answer counts.
            CheckOutcome.CannotTell => new(TakedownStep.Check, last.AnsweredAt),
            _ => At(Later(sentAt + d.SecondCheck, last.AnsweredAt + d.SecondCheckAfterGone)),
        };

        TakedownNext At(DateTimeOffset at) => at <= now ? new(TakedownStep.Check, at) : new(TakedownStep.WaitForCheck, at);
    }

    /// <summary>True when the two latest answers that say anything are both "gone".</summary>
    public static bool GoneTwice(TakedownRecord takedown)
    {
        var telling = takedown.Checks.Where(c => c.RequestNo == takedown.Requests.Count && c.Outcome != CheckOutcome.CannotTell).ToList();
        return telling.Count >= 2 && telling[^1].IsGone && telling[^2].IsGone;
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
