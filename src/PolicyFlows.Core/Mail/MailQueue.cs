using PolicyFlows.Core.Settings;

namespace PolicyFlows.Core.Mail;

/// <summary>A mail that waits, with the wake-up row that keeps it from being forgotten.</summary>
public sealed record PendingMail(string CaseId, string Key, MailLane Lane, string WakeRow);

/// <summary>A mail in the queue.</summary>
/// <param name="Tries">How often it was tried; who was tried least often in a lane is next, so that nobody blocks it.</param>
/// <param name="Failures">How often it failed while others went out.</param>
/// <param name="NotBefore">When it may be tried again after such a failure.</param>
/// <param name="AcceptedAt">The server has it, and the record does not say so yet: it is marked, not sent again.</param>
/// <param name="Flight">Set while it is being handed over.</param>
internal sealed record WaitingMail(
    PendingMail Mail, long Arrival, int Tries = 0, int Failures = 0, DateTimeOffset NotBefore = default, DateTimeOffset? AcceptedAt = null, TaskCompletionSource? Flight = null)
{
    public (string Case, string Key) Id => (Mail.CaseId, Mail.Key);
}

/// <summary>What came of one try.</summary>
internal enum MailResult
{
    /// <summary>Out, or refused for good: nothing is left to do.</summary>
    Done,

    /// <summary>Another process has it.</summary>
    Left,

    /// <summary>The server takes mail, but not this one for its mailbox now.</summary>
    Deferred,

    /// <summary>The server does not take it now.</summary>
    Unavailable,

    /// <summary>It could not be written, or the store failed.</summary>
    Broken,
}

/// <summary>One walk through the queue.</summary>
internal sealed class MailRound
{
    // After this many failures in a row the rest of a lane is spared; after one where the lane above went that way and nothing was taken yet.
    private const int DownAfter = 3;
    private readonly HashSet<string> deferredTo = new(StringComparer.OrdinalIgnoreCase);
    private bool unavailable;
    private readonly int[] inARow = new int[Enum.GetValues<MailLane>().Length];

    public HashSet<(string, string)> Tried { get; } = [];

    public HashSet<(string, string)> Failed { get; } = [];

    public int Sent { get; private set; }

    /// <summary>
    /// The server takes nothing: it could not be spoken to, or it put off so many different mailboxes that the fault is hardly theirs.
    /// </summary>
    public bool Down => Sent == 0 && (unavailable || deferredTo.Count >= DownAfter);

    /// <summary>The server takes mail, even if not for every mailbox.</summary>
    public bool Up => Sent > 0 || (deferredTo.Count > 0 && !Down);

    public bool Spares(MailLane lane) =>
        inARow[(int)lane] >= (Sent == 0 && inARow.Where((row, other) => other != (int)lane && row >= DownAfter).Any() ? 1 : DownAfter);

    /// <param name="mailbox">Address that was deferred; else null.</param>
    public void Add(WaitingMail mail, MailResult result, string? mailbox = null)
    {
        Tried.Add(mail.Id);
        if (result == MailResult.Done)
        {
            Sent++;
            inARow[(int)mail.Mail.Lane] = 0;
            return;
        }

        if (result == MailResult.Left) return;
        Failed.Add(mail.Id);
        if (result == MailResult.Deferred)
        {
            // Says nothing about the rest of the lane.
            deferredTo.Add(mailbox ?? mail.Mail.Key);
            return;
        }

        inARow[(int)mail.Mail.Lane]++;
        unavailable |= result == MailResult.Unavailable;
    }
}

/// <summary>What waits to be mailed, in memory, and who is next. The outbox rows are the truth.</summary>
internal sealed class MailQueue
{
    private readonly Lock gate = new();
    private readonly Dictionary<(string Case, string Key), WaitingMail> pending = [];
    private int failedRounds;
    private DateTimeOffset notBefore = DateTimeOffset.MinValue;
    private long arrivals;
    private long known;

    public int Count
    {
        get
        {
            lock (gate) return pending.Count;
        }
    }

    /// <summary>When something may be tried next; null when nothing waits.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            lock (gate) return pending.Count == 0 ? null : pending.Values.Min(w => IsNew(w) ? DateTimeOffset.MinValue : Later(notBefore, w.NotBefore));
        }
    }

    public void Enqueue(PendingMail mail)
    {
        lock (gate) pending.TryAdd((mail.CaseId, mail.Key), new(mail, arrivals++));
    }

    /// <summary>The next mail of a round, or null. In flight until it lands.</summary>
    public WaitingMail? Take(MailLane lowest, MailRound round, DateTimeOffset now)
    {
        lock (gate)
        {
            var open = pending.Values.Where(w => w.Flight is null && w.Mail.Lane <= lowest && w.NotBefore <= now && !round.Tried.Contains(w.Id)).ToList();
            // What has come since the server went down begins a round at once, and then every lane above it goes first.
            if (notBefore > now && round.Tried.Count == 0 && !open.Exists(IsNew)) return null;
            var next = open.Where(w => !round.Spares(w.Mail.Lane)).OrderBy(w => w.Mail.Lane).ThenBy(w => w.Tries).ThenBy(w => w.Arrival).FirstOrDefault();
            return next is null ? null : pending[next.Id] = next with { Flight = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously) };
        }
    }

    /// <summary>It stays in the queue, tried once more or as it was.</summary>
    public void Keep(WaitingMail flown, bool tried, DateTimeOffset? acceptedAt)
    {
        lock (gate) pending[flown.Id] = flown with { Flight = null, Tries = flown.Tries + (tried ? 1 : 0), AcceptedAt = acceptedAt };
        flown.Flight!.SetResult();
    }

    /// <summary>Another process has it: it stays, to be looked at when that process has had its time.</summary>
    public void Leave(WaitingMail flown, DateTimeOffset until)
    {
        lock (gate) pending[flown.Id] = flown with { Flight = null, Tries = flown.Tries + 1, NotBefore = until };
        flown.Flight!.SetResult();
    }

    /// <summary>It leaves the queue.</summary>
    public void Remove(WaitingMail flown)
    {
        lock (gate) pending.Remove(flown.Id);
        flown.Flight!.SetResult();
    }

    /// <summary>
    /// Plans the next tries: all together while the server takes nothing at all; each by itself where only some mails fail.
    /// </summary>
    /// <returns>True while the server takes nothing.</returns>
    public bool Plan(MailRound round, Durations durations, DateTimeOffset now)
    {
        lock (gate)
        {
            if (round.Down)
            {
                notBefore = now + Wait(++failedRounds, durations);
                known = arrivals;
                return true;
            }

            if (round.Up) (failedRounds, notBefore) = (0, DateTimeOffset.MinValue);
            foreach (var id in round.Failed)
            {
                if (pending.TryGetValue(id, out var failed)) pending[id] = failed with { Failures = failed.Failures + 1, NotBefore = now + Wait(failed.Failures + 1, durations) };
            }

            return false;
        }
    }

    /// <summary>Returns when no mail of the case is in flight.</summary>
    public Task LandedAsync(string caseId)
    {
        lock (gate) return Task.WhenAll(pending.Values.Where(w => w.Mail.CaseId == caseId).Select(w => w.Flight?.Task).OfType<Task>().ToList());
    }

    /// <summary>Not tried yet, and no part of what the last failed round spared; an alert is tried at once in any case.</summary>
    private bool IsNew(WaitingMail mail) => mail.Tries == 0 && (mail.Arrival >= known || mail.Mail.Lane == MailLane.Safeguarding);

    private static TimeSpan Wait(int failures, Durations durations)
    {
        var wait = durations.MailRetryFirst * Math.Pow(2, Math.Min(failures, 20) - 1);
        return wait < durations.MailRetryMax ? wait : durations.MailRetryMax;
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
