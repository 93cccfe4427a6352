using System.Text;
using Xunit;

namespace System.IO.Hashing.Tests;

/// <summary>The values that the reference implementation of each algorithm publishes for checking others.</summary>
public sealed class PublishedVectorTests
{
    [Theory]
    [InlineData(0, 0, 0x02CC5D05)]
    [InlineData(0, ReferenceInput.Prime32, 0x36B78AE7)]
    [InlineData(1, 0, 0xCF65B03E)]
    [InlineData(1, ReferenceInput.Prime32, 0xB4545AA4)]
    [InlineData(14, 0, 0x1208E7E2)]
    [InlineData(14, ReferenceInput.Prime32, 0x6AF1D1FE)]
    [InlineData(222, 0, 0x5BD11DBD)]
    [InlineData(222, ReferenceInput.Prime32, 0x58803C5F)]
    public void XxHash32_gives_the_published_value(int length, uint seed, uint expected) =>
        Assert.Equal(expected, XxHash32.HashToUInt32(ReferenceInput.OfLength(length), (int)seed));

    [Theory]
    [InlineData(0, 0, 0xEF46DB3751D8E999)]
    [InlineData(0, ReferenceInput.Prime32, 0xAC75FDA2929B17EF)]
    [InlineData(1, 0, 0xE934A84ADB052768)]
    [InlineData(1, ReferenceInput.Prime32, 0x5014607643A9B4C3)]
    [InlineData(4, 0, 0x9136A0DCA57457EE)]
    [InlineData(14, 0, 0x8282DCC4994E35C8)]
    [InlineData(14, ReferenceInput.Prime32, 0xC3BD6BF63DEB6DF0)]
    [InlineData(222, 0, 0xB641AE8CB691C174)]
    [InlineData(222, ReferenceInput.Prime32, 0x20CB8AB7AE10C14A)]
    public void XxHash64_gives_the_published_value(int length, ulong seed, ulong expected) =>
        Assert.Equal(expected, XxHash64.HashToUInt64(ReferenceInput.OfLength(length), (long)seed));

    [Theory]
    [InlineData(0, 0, 0x2D06800538D394C2)]
    [InlineData(0, ReferenceInput.Prime64, 0xA8A6B918B2F0364A)]
    [InlineData(1, 0, 0xC44BDFF4074EECDB)]
    [InlineData(1, ReferenceInput.Prime64, 0x032BE332DD766EF8)]
    [InlineData(6, 0, 0x27B56A84CD2D7325)]
    [InlineData(6, ReferenceInput.Prime64, 0x84589C116AB59AB9)]
    [InlineData(12, 0, 0xA713DAF0DFBB77E7)]
    [InlineData(12, ReferenceInput.Prime64, 0xE7303E1B2336DE0E)]
    [InlineData(24, 0, 0xA3FE70BF9D3510EB)]
    [InlineData(24, ReferenceInput.Prime64, 0x850E80FC35BDD690)]
    [InlineData(48, 0, 0x397DA259ECBA1F11)]
    [InlineData(48, ReferenceInput.Prime64, 0xADC2CBAA44ACC616)]
    [InlineData(80, 0, 0xBCDEFBBB2C47C90A)]
    [InlineData(80, ReferenceInput.Prime64, 0xC6DD0CB699532E73)]
    [InlineData(195, 0, 0xCD94217EE362EC3A)]
    [InlineData(195, ReferenceInput.Prime64, 0xBA68003D370CB3D9)]
    [InlineData(403, 0, 0xCDEB804D65C6DEA4)]
    [InlineData(403, ReferenceInput.Prime64, 0x6259F6ECFD6443FD)]
    [InlineData(512, 0, 0x617E49599013CB6B)]
    [InlineData(512, ReferenceInput.Prime64, 0x3CE457DE14C27708)]
    [InlineData(2048, 0, 0xDD59E2C3A5F038E0)]
    [InlineData(2048, ReferenceInput.Prime64, 0x66F81670669ABABC)]
    [InlineData(2240, 0, 0x6E73A90539CF2948)]
    [InlineData(2240, ReferenceInput.Prime64, 0x757BA8487D1B5247)]
    [InlineData(2367, 0, 0xCB37AEB9E5D361ED)]
    [InlineData(2367, ReferenceInput.Prime64, 0xD2DB3415B942B42A)]
    public void XxHash3_gives_the_published_value(int length, ulong seed, ulong expected) =>
        Assert.Equal(expected, XxHash3.HashToUInt64(ReferenceInput.OfLength(length), (long)seed));

    [Theory]
    [InlineData("", 0x00000000)]
    [InlineData("123456789", 0xCBF43926)]
    [InlineData("The quick brown fox jumps over the lazy dog", 0x414FA339)]
    public void Crc32_gives_the_published_value(string input, uint expected) =>
        Assert.Equal(expected, Crc32.HashToUInt32(Encoding.ASCII.GetBytes(input)));

    [Fact]
    public void Hash_bytes_are_big_endian_for_the_xxHash_family_and_little_endian_for_Crc32()
    {
        Assert.Equal("02CC5D05", Convert.ToHexString(XxHash32.Hash([])));
        Assert.Equal("EF46DB3751D8E999", Convert.ToHexString(XxHash64.Hash([])));
        Assert.Equal("2D06800538D394C2", Convert.ToHexString(XxHash3.Hash([])));
        Assert.Equal("2639F4CB", Convert.ToHexString(Crc32.Hash("123456789"u8)));
    }
}
