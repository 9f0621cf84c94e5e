using Microsoft.Data.Sqlite;

namespace PolicyFlows.Storage;

/// <summary>One queued piece of work for the writer.</summary>
internal abstract class WriteItem(bool alone)
{
    /// <summary>Runs outside any transaction and shares with nobody (VACUUM, checkpoint).</summary>
    public bool Alone { get; } = alone;

    /// <summary>False when the caller gave up before the work began; the caller has been told.</summary>
    public abstract bool Begin();

    public abstract void Run(SqliteConnection connection);

    public abstract void Succeed();

    public abstract void Fail(Exception failure);
}

/// <inheritdoc/>
internal sealed class WriteItem<T>(Func<SqliteConnection, T> work, bool alone, CancellationToken cancellation) : WriteItem(alone)
{
    // Asynchronously: a caller's continuation must never run on the writer thread.
    private readonly TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T result = default!;

    public Task<T> Task => done.Task;

    public override bool Begin() => !cancellation.IsCancellationRequested || !done.TrySetCanceled(cancellation);

    public override void Run(SqliteConnection connection) => result = work(connection);

    public override void Succeed() => done.TrySetResult(result);

    public override void Fail(Exception failure) => done.TrySetException(failure);
}
