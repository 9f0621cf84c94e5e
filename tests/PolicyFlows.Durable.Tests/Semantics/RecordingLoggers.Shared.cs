using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace PolicyFlows.Durable.Tests.Semantics;

/// <summary>Loggers that keep their lines, each after its category.</summary>
public sealed class RecordingLoggers : ILoggerFactory
{
    private readonly ConcurrentQueue<string> lines = new();

    public IReadOnlyCollection<string> Lines => [.. lines];

    public ILogger CreateLogger(string categoryName) => new Recorder(categoryName, lines);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("Nothing else listens.");

    public void Dispose()
    {
        // Nothing is held.
    }

    private sealed class Recorder(string category, ConcurrentQueue<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{category}: {formatter(state, exception)}");
    }
}
