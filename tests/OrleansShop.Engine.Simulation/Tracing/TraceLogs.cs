using Microsoft.Extensions.Logging;
using OrleansShop.Engine.Simulation.Processes;

namespace OrleansShop.Engine.Simulation.Tracing;

/// <summary>Writes what a process logs into the full trace.</summary>
internal sealed class TraceLogs(Trace trace, SimulatedProcess process) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new Lines(trace, process, categoryName[(categoryName.LastIndexOf('.') + 1)..]);

    public void Dispose()
    {
    }

    private sealed class Lines(Trace trace, SimulatedProcess process, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            trace.Detail(process.Name, $"  {(process.IsDead ? "(dead) " : "")}{category}: {formatter(state, exception)}{(exception is null ? "" : $" ({exception.GetType().Name}: {exception.Message})")}");
    }
}
