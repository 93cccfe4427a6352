using OrleansShop.Engine.Generator.Types;

namespace OrleansShop.Engine.Generator.Tests.Types;

public sealed class StableHashTests
{
    // The vectors of the algorithm's authors.
    [Theory]
    [InlineData("", 0x811c9dc5)]
    [InlineData("a", 0xe40c292c)]
    [InlineData("foobar", 0xbf9cf968)]
    public void It_is_FNV_1a(string text, uint hash) => Assert.Equal(hash, StableHash.Of(text));
}
