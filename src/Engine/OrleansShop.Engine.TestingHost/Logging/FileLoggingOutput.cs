using Microsoft.Extensions.Logging;

namespace Orleans.TestingHost.Logging;

/// <summary>Appends log messages to a file, each when it is written. Thread-safe.</summary>
public class FileLoggingOutput : IDisposable
{
    // Guards _writer.
    private readonly Lock _gate = new();
    private readonly StreamWriter _writer;
    private bool _isDisposed;

    /// <summary>Opens the file, or creates it; others may read it meanwhile.</summary>
    /// <param name="fileName">The file's path.</param>
    public FileLoggingOutput(string fileName) =>
        _writer = new StreamWriter(File.Open(fileName, FileMode.Append, FileAccess.Write, FileShare.ReadWrite)) { AutoFlush = true };

    /// <summary>Appends a message. Does nothing after <see cref="Dispose"/>.</summary>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter, string category)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        var entry = new LogEntry(TimeProvider.System.GetUtcNow(), logLevel, category, eventId, formatter(state, exception), exception);
        lock (_gate)
        {
            if (!_isDisposed)
                _writer.WriteLine(entry.ToString());
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _writer.Dispose();
        }

        GC.SuppressFinalize(this);
    }
}
