using Microsoft.Extensions.Logging;
using Xunit;

namespace PolicyFlows.Durable.Tests.Execution;

public sealed class LoggerTests
{
    [Fact]
    public void The_replay_safe_logger_writes_each_line_once()
    {
        using var lines = new ListLoggers();
        var exec = new Exec
        {
            Loggers = lines,
            Registry = new DurableTaskRegistry().Flow("Flow", async c =>
            {
                var log = c.CreateReplaySafeLogger("Flow");
                log.LogInformation("before, {Replaying}", c.IsReplaying);
                await c.CallActivityAsync("A");
                log.LogInformation("after, {Replaying}", c.IsReplaying);
                return "";
            }),
        };
        exec.Then(exec.First(), new ActivityCompleted(1, null));
        Assert.Equal(["before, False", "after, False"], lines.Lines);
    }

    private sealed class ListLoggers : ILoggerFactory, ILogger
    {
        public List<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
