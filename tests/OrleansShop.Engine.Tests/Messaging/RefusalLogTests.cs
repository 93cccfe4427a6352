using OrleansShop.Engine.Messaging.Connections;
using OrleansShop.Testing.Time;
using Xunit;

namespace OrleansShop.Engine.Tests.Messaging;

public sealed class RefusalLogTests
{
    [Fact]
    public void One_line_a_minute_is_logged_for_each_address_and_the_others_are_counted()
    {
        var time = new ManualTimeProvider();
        var log = new RefusalLog(time);

        Assert.True(log.ShouldLog("10.0.0.1:5000", out var unlogged));
        Assert.Equal(0, unlogged);
        Assert.False(log.ShouldLog("10.0.0.1:5001", out _));
        Assert.False(log.ShouldLog("10.0.0.1:5002", out _));
        Assert.True(log.ShouldLog("10.0.0.2:5000", out _));

        time.Advance(TimeSpan.FromMinutes(1));

        Assert.True(log.ShouldLog("10.0.0.1:5003", out unlogged));
        Assert.Equal(2, unlogged);
    }
}
