using System.Text;
using Microsoft.Extensions.Logging;

namespace Orleans.TestingHost.Logging;

/// <summary>Keeps the latest 20,000 messages that loggers have written to it, for a test to look at. Thread-safe.</summary>
public sealed class InMemoryLogBuffer
{
    private const int MostEntries = 20_000;

    // Guards _entries.
    private readonly Lock _gate = new();
    private readonly Queue<LogEntry> _entries = new();

    /// <summary>The messages, oldest first.</summary>
    public IReadOnlyList<LogEntry> AllEntries
    {
        get
        {
            lock (_gate)
                return [.. _entries];
        }
    }

    /// <summary>Whether anything serious is among them: a warning or worse.</summary>
    public bool HasWarningsOrErrors => HasEntriesAtOrAbove(LogLevel.Warning);

    /// <summary>The length of the formatted messages in UTF-8, in bytes. Formats them all.</summary>
    public long ApproximateSizeBytes => FormatAllEntriesWithSize().Item2;

    /// <summary>The messages at a level or above, oldest first.</summary>
    public IEnumerable<LogEntry> GetEntries(LogLevel minimumLevel) => AllEntries.Where(entry => entry.LogLevel >= minimumLevel);

    /// <summary>Whether there is a message at a level or above.</summary>
    public bool HasEntriesAtOrAbove(LogLevel level) => GetEntries(level).Any();

    /// <summary>Adds a message.</summary>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter, string category)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        var entry = new LogEntry(TimeProvider.System.GetUtcNow(), logLevel, category, eventId, formatter(state, exception), exception);
        lock (_gate)
        {
            if (_entries.Count == MostEntries)
                _entries.Dequeue();
            _entries.Enqueue(entry);
        }
    }

    /// <summary>Forgets the messages.</summary>
    public void Clear()
    {
        lock (_gate)
            _entries.Clear();
    }

    /// <summary>The messages as text.</summary>
    public string FormatAllEntries() => FormatEntries(LogLevel.Trace);

    /// <summary>The messages at a level or above as text.</summary>
    public string FormatEntries(LogLevel minimumLevel) => string.Join(Environment.NewLine, GetEntries(minimumLevel));

    /// <summary>The messages as text, and its length in UTF-8, in bytes.</summary>
    public (string, long) FormatAllEntriesWithSize() => FormatEntriesWithSize(LogLevel.Trace);

    /// <summary>The messages at a level or above as text, and its length in UTF-8, in bytes.</summary>
    public (string, long) FormatEntriesWithSize(LogLevel minimumLevel)
    {
        var text = FormatEntries(minimumLevel);
        return (text, Encoding.UTF8.GetByteCount(text));
    }

    /// <summary>Checks that nothing serious was logged.</summary>
    /// <exception cref="InvalidOperationException">There are warnings or errors; the message has them.</exception>
    public void AssertNoWarningsOrErrors()
    {
        if (HasWarningsOrErrors)
            throw new InvalidOperationException($"Warnings or errors were logged:{Environment.NewLine}{FormatEntries(LogLevel.Warning)}");
    }
}
