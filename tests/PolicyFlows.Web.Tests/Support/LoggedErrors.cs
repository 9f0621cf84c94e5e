using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace PolicyFlows.Web.Tests.Support;

/// <summary>Keeps what a server logs as an error.</summary>
public sealed class LoggedErrors : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> errors = new();

    /// <summary>All of it, oldest first.</summary>
    public IReadOnlyList<string> All => [.. errors];

    public ILogger CreateLogger(string categoryName) => this;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel)) errors.Enqueue($"{formatter(state, exception)} {exception}");
    }

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public void Dispose()
    {
        // Nothing is held.
    }
}
