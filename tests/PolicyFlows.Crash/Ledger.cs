using System.Collections.Concurrent;

namespace PolicyFlows.Crash;

/// <summary>A file that a page showed as saved.</summary>
internal sealed record SentFile(string Name, string Sha256);

/// <summary>A report whose confirmation was shown.</summary>
internal sealed record SentReport(string Reference, string Code, string Marker, string School, string? Email, IReadOnlyList<SentFile> Files);

/// <summary>A safeguarding concern whose confirmation was shown.</summary>
internal sealed record SentAlert(string Reference, string Code, string Marker, string School);

/// <summary>A decision that a page showed as recorded.</summary>
internal sealed record MadeDecision(string Reference, string Marker, IReadOnlyList<string> Routes);

/// <summary>A request to a website that a page showed as recorded.</summary>
internal sealed record MadeFiling(string Reference, string Marker);

/// <summary>An alert that a page showed as confirmed.</summary>
internal sealed record MadeAcknowledgement(string Reference);

/// <summary>
/// The harness's own list of what the program has said it has. Nothing in it comes from the program's store: only from pages that people saw.
/// </summary>
internal sealed class Ledger
{
    public ConcurrentDictionary<string, SentReport> Reports { get; } = new(StringComparer.Ordinal);

    public ConcurrentDictionary<string, SentAlert> Alerts { get; } = new(StringComparer.Ordinal);

    public ConcurrentDictionary<string, MadeDecision> Decisions { get; } = new(StringComparer.Ordinal);

    public ConcurrentDictionary<string, MadeFiling> Filings { get; } = new(StringComparer.Ordinal);

    public ConcurrentDictionary<string, MadeAcknowledgement> Acknowledgements { get; } = new(StringComparer.Ordinal);

    /// <summary>What does not hold, in words.</summary>
    public ConcurrentQueue<string> Broken { get; } = new();

    /// <summary>POSTs whose answer was lost in a kill, and that had been taken all the same.</summary>
    public int TakenUnseen => Volatile.Read(ref takenUnseen);

    /// <summary>Uploads that the sender broke off at 60 %.</summary>
    public int Torn => Volatile.Read(ref torn);

    private int takenUnseen, torn;

    public void Add(SentReport report) => Once(Reports, report.Reference, report, "report");

    public void Add(SentAlert alert) => Once(Alerts, alert.Reference, alert, "alert");

    public void Add(MadeDecision decision) => Once(Decisions, decision.Reference, decision, "decision");

    public void Add(MadeFiling filing) => Once(Filings, filing.Reference, filing, "filing");

    public void Add(MadeAcknowledgement acknowledgement) => Once(Acknowledgements, acknowledgement.Reference, acknowledgement, "acknowledgement");

    /// <summary>It had been taken although the person saw no answer.</summary>
    public void NoteTakenUnseen() => Interlocked.Increment(ref takenUnseen);

    /// <summary>An upload was broken off.</summary>
    public void NoteTorn() => Interlocked.Increment(ref torn);

    /// <summary>Something does not hold.</summary>
    public void Break(string what) => Broken.Enqueue(what);

    public override string ToString() =>
        $"{Reports.Count} reports, {Reports.Values.Sum(r => r.Files.Count)} files, {Decisions.Count} decisions, {Filings.Count} requests, {Alerts.Count} alerts, {Acknowledgements.Count} confirmed";

    private static void Once<T>(ConcurrentDictionary<string, T> list, string reference, T entry, string what)
    {
        if (!list.TryAdd(reference, entry)) throw new BrokenPromiseException($"{reference}: a second {what} was confirmed under this reference.");
    }
}
