using Microsoft.Extensions.Logging;

namespace Orleans.TestingHost.Logging;

/// <summary>Makes loggers that write to one file.</summary>
/// <param name="filePath">The file's path; it is created, or appended to.</param>
public class FileLoggerProvider(string filePath) : ILoggerProvider
{
    private readonly FileLoggingOutput _output = new(filePath);

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new FileLogger(_output, categoryName);

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        _output.Dispose();
        GC.SuppressFinalize(this);
    }
}
