using Microsoft.Extensions.Logging;

namespace Orleans.TestingHost.Logging;

/// <summary>Makes loggers that write to one buffer. Several providers may share it.</summary>
/// <param name="sharedBuffer">The buffer. It outlives the provider, so that what a host logged can be read after its end.</param>
public sealed class InMemoryLoggerProvider(InMemoryLogBuffer sharedBuffer) : ILoggerProvider
{
    /// <summary>Creates a provider with a buffer of its own.</summary>
    public InMemoryLoggerProvider()
        : this(new InMemoryLogBuffer())
    {
    }

    /// <summary>Where the loggers write to.</summary>
    public InMemoryLogBuffer Buffer { get; } = sharedBuffer;

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new InMemoryLogger(categoryName, Buffer);

    /// <summary>Keeps the buffer as it is.</summary>
    public void Dispose()
    {
    }
}
