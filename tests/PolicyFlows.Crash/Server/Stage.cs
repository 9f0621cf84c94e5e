namespace PolicyFlows.Crash.Server;

/// <summary>Whether the server can be used now, and by whom: whoever must wait waits here, and learns whether it went away meanwhile.</summary>
internal sealed class Stage
{
    private volatile TaskCompletionSource up = NewGate(), open = NewGate();
    private int falls;

    /// <summary>How often the server was killed.</summary>
    public int Falls => Volatile.Read(ref falls);

    /// <summary>The server is there, for whoever looks after it.</summary>
    public bool IsUp => up.Task.IsCompleted;

    /// <summary>People may act.</summary>
    public bool IsOpen => open.Task.IsCompleted;

    /// <summary>Waits until the server is there.</summary>
    public Task UpAsync() => up.Task;

    /// <summary>Waits until people may act.</summary>
    public Task OpenAsync() => open.Task;

    /// <summary>The server is there; it is looked at before people go on.</summary>
    public void Rise() => up.TrySetResult();

    /// <summary>Lets people act.</summary>
    public void Open() => open.TrySetResult();

    /// <summary>The server is about to be killed: from here on a lost connection is no surprise.</summary>
    public void Fall()
    {
        Interlocked.Increment(ref falls);
        (up, open) = (NewGate(), NewGate());
    }

    private static TaskCompletionSource NewGate() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
