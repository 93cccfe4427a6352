using OrleansShop.Engine.Hosting;
using Xunit;

namespace OrleansShop.Engine.Tests.Hosting;

public sealed class AheadTests
{
    [Fact]
    public async Task A_value_is_made_before_it_is_asked_for_and_only_once()
    {
        var made = 0;
        var ahead = new Ahead<object>(() =>
        {
            Interlocked.Increment(ref made);
            return new object();
        });
        await Eventually.Holds(() => Volatile.Read(ref made) == 1, "the value is made");

        Assert.Same(ahead.Value, ahead.Value);
        Assert.Equal(1, made);
    }

    [Fact]
    public async Task What_making_it_threw_is_thrown_to_whoever_asks()
    {
        var made = 0;
        var ahead = new Ahead<object>(() =>
        {
            Interlocked.Increment(ref made);
            throw new NotSupportedException("cannot be made");
        });
        await Eventually.Holds(() => Volatile.Read(ref made) == 1, "making it was tried");

        Assert.Equal("cannot be made", Assert.Throws<NotSupportedException>(() => ahead.Value).Message);
        Assert.Throws<NotSupportedException>(() => ahead.Value);
        Assert.Equal(1, made);
    }
}
