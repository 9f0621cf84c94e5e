namespace PolicyFlows.Durable;

/// <summary>
/// A plain queue on one thread. Continuations of awaits are put at its end and run in that order; a post from any other thread is
/// refused and remembered, because it means that the code awaited something which is not replayed.
/// </summary>
internal sealed class EngineSynchronizationContext : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> queue = new();
    private volatile int thread = -1;
    private volatile string? fault;

    /// <summary>The first breach of the single-thread rule, or null.</summary>
    public string? Fault => fault;

    /// <summary>True on the engine's thread, inside a turn, and while this context is installed.</summary>
    public bool IsCurrent => Environment.CurrentManagedThreadId == thread && ReferenceEquals(Current, this);

    /// <summary>Remembers the first breach.</summary>
    public void Blame(string message) => fault ??= message;

    /// <inheritdoc/>
    public override void Post(SendOrPostCallback d, object? state)
    {
        if (Environment.CurrentManagedThreadId == thread) queue.Enqueue((d, state));
        else Blame("The orchestration awaited something that its context did not make: a continuation came from another thread.");
    }

    /// <inheritdoc/>
    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("An orchestration's context takes no synchronous calls.");

    /// <inheritdoc/>
    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Runs <paramref name="turn"/> with this context installed.</summary>
    public void Run(Action turn)
    {
        var before = Current;
        thread = Environment.CurrentManagedThreadId;
        SetSynchronizationContext(this);
        try
        {
            turn();
        }
        finally
        {
            thread = -1;
            SetSynchronizationContext(before);
        }
    }

    /// <summary>Runs queued continuations until none is left.</summary>
    public void Pump()
    {
        while (queue.TryDequeue(out var item)) item.Callback(item.State);
    }

    /// <summary>Completes a task so that its awaits are queued here, never run inside the completion.</summary>
    public void Complete(Action complete)
    {
        // An await resumes inline when its context is the current one, so for this moment it is not.
        SetSynchronizationContext(null);
        try
        {
            complete();
        }
        finally
        {
            SetSynchronizationContext(this);
        }
    }
}
