using Microsoft.Extensions.Logging;

namespace Orleans.TestingHost.Logging;

/// <summary>Writes to a buffer.</summary>
/// <param name="categoryName">Who logs.</param>
/// <param name="buffer">Where to.</param>
public sealed class InMemoryLogger(string categoryName, InMemoryLogBuffer buffer) : ILogger
{
    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
            buffer.Log(logLevel, eventId, state, exception, formatter, categoryName);
    }
}
