using Orleans.Runtime;
using Xunit;

namespace OrleansShop.Engine.Abstractions.Tests.Errors;

public sealed class LogFormatterTests
{
    [Fact]
    public void A_date_is_read_as_it_was_written()
    {
        var date = new DateTime(2026, 2, 3, 4, 5, 6, 789, DateTimeKind.Utc);
        Assert.Equal("2026-02-03 04:05:06.789 GMT", LogFormatter.PrintDate(date));
        Assert.Equal("04:05:06.789 GMT", LogFormatter.PrintTime(date));
        Assert.Equal(date, LogFormatter.ParseDate(LogFormatter.PrintDate(date)));
        Assert.Equal(DateTimeKind.Utc, LogFormatter.ParseDate(LogFormatter.PrintDate(date)).Kind);
    }

    [Fact]
    public void An_exception_is_written_with_all_its_causes_and_by_its_decoder()
    {
        LogFormatter.SetExceptionDecoder(typeof(DecodedException), static _ => "decoded");
        var text = LogFormatter.PrintException(new AggregateException(new InvalidOperationException("first", new DecodedException()), new InvalidOperationException("second")));

        Assert.Contains("Exc level 1: System.InvalidOperationException: first", text, StringComparison.Ordinal);
        Assert.Contains("Exc level 2: " + typeof(DecodedException) + ": decoded", text, StringComparison.Ordinal);
        Assert.Contains("Exc level 1: System.InvalidOperationException: second", text, StringComparison.Ordinal);
        Assert.Equal("", LogFormatter.PrintException(null!));
    }

    private sealed class DecodedException : Exception;
}
