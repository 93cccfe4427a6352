using Microsoft.Extensions.Logging;
using Orleans.TestingHost.Logging;
using Xunit;

namespace OrleansShop.Engine.TestingHost.Tests.Logging;

public sealed class InMemoryLogBufferTests
{
    [Fact]
    public void Messages_of_several_providers_meet_in_one_buffer_with_level_category_and_exception()
    {
        var buffer = new InMemoryLogBuffer();
        using var first = new InMemoryLoggerProvider(buffer);
        using var second = new InMemoryLoggerProvider(buffer);
        var failure = new InvalidOperationException("because");

        Write(first.CreateLogger("a"), LogLevel.Information, "fine");
        Write(second.CreateLogger("b"), LogLevel.Error, "broken", failure);

        Assert.Equal([("a", "fine"), ("b", "broken")], buffer.AllEntries.Select(entry => (entry.Category, entry.Message)));
        Assert.Same(failure, Assert.Single(buffer.GetEntries(LogLevel.Warning)).Exception);
        Assert.Contains("because", buffer.FormatEntries(LogLevel.Error), StringComparison.Ordinal);
        Assert.DoesNotContain("fine", buffer.FormatEntries(LogLevel.Error), StringComparison.Ordinal);
    }

    [Fact]
    public void Warnings_fail_the_assertion_with_their_text_until_they_are_cleared()
    {
        using var provider = new InMemoryLoggerProvider();
        provider.Buffer.AssertNoWarningsOrErrors();
        Write(provider.CreateLogger("a"), LogLevel.Warning, "odd");

        Assert.Contains("odd", Assert.Throws<InvalidOperationException>(provider.Buffer.AssertNoWarningsOrErrors).Message, StringComparison.Ordinal);
        provider.Buffer.Clear();
        provider.Buffer.AssertNoWarningsOrErrors();
    }

    [Fact]
    public void Old_messages_go_when_there_are_too_many()
    {
        using var provider = new InMemoryLoggerProvider();
        var logger = provider.CreateLogger("a");
        for (var number = 0; number < 20_005; number++)
            Write(logger, LogLevel.Information, $"message {number}");

        Assert.Equal(20_000, provider.Buffer.AllEntries.Count);
        Assert.Equal("message 5", provider.Buffer.AllEntries[0].Message);
    }

    [Fact]
    public void The_size_is_that_of_the_text_in_bytes()
    {
        using var provider = new InMemoryLoggerProvider();
        Write(provider.CreateLogger("a"), LogLevel.Information, "ä");
        var (text, size) = provider.Buffer.FormatAllEntriesWithSize();

        Assert.Equal(text.Length + 1, size);
        Assert.Equal(size, provider.Buffer.ApproximateSizeBytes);
    }

    private static void Write(ILogger logger, LogLevel level, string message, Exception? exception = null) =>
        logger.Log(level, default, message, exception, static (text, _) => text);
}
