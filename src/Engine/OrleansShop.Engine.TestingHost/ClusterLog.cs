using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace OrleansShop.Engine.TestingHost;

/// <summary>Keeps the latest lines that the hosts of a test cluster have logged.</summary>
internal sealed class ClusterLog : ILoggerProvider
{
    private const int MostLines = 20_000;

    private readonly ConcurrentQueue<string> _lines = new();

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public override string ToString() => string.Join(Environment.NewLine, _lines);

    public void Dispose()
    {
        // Each host disposes its providers; the log belongs to the cluster and is read afterwards.
    }

    private void Add(string line)
    {
        _lines.Enqueue(line);
        if (_lines.Count > MostLines)
            _lines.TryDequeue(out _);
    }

    private sealed class Logger(ClusterLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                log.Add($"{TimeProvider.System.GetUtcNow():O} {logLevel} {eventId.Id} {category}: {formatter(state, exception)}{(exception is null ? "" : Environment.NewLine + exception)}");
        }
    }
}
