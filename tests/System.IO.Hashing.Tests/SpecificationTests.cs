using Xunit;

namespace System.IO.Hashing.Tests;

public sealed class SpecificationTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(0xFFFFFFFF)]
    [InlineData(ulong.MaxValue)]
    [InlineData(ReferenceInput.Prime64)]
    public void XxHash3_does_what_its_specification_says_at_every_length_up_to_three_blocks(ulong seed)
    {
        for (var length = 0; length <= 3200; length++)
        {
            var input = ReferenceInput.OfLength(length).ToArray();
            Assert.True(
                SpecifiedXxHash3.Hash(input, seed) == XxHash3.HashToUInt64(input, (long)seed),
                $"XxHash3 of {length} bytes with seed {seed} is not what the specification gives.");
        }
    }
}
