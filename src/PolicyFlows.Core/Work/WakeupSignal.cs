using System.Threading.Channels;

namespace PolicyFlows.Core.Work;

/// <summary>Tells the drain, inside the process, which cases have fresh wake-ups. A hint only: the rows are the truth.</summary>
public sealed class WakeupSignal
{
    private readonly Channel<string> cases = Channel.CreateUnbounded<string>();

    /// <summary>A case has wake-ups to drain.</summary>
    public void Notify(string caseId) => cases.Writer.TryWrite(caseId);

    /// <summary>Next case without waiting; null when there is none.</summary>
    public string? TryTake() => cases.Reader.TryRead(out var caseId) ? caseId : null;

    /// <summary>True while a case waits to be drained.</summary>
    public bool HasWork => cases.Reader.TryPeek(out _);

    /// <summary>Waits until a case is there.</summary>
    public ValueTask<bool> WaitAsync(CancellationToken cancellation) => cases.Reader.WaitToReadAsync(cancellation);
}
