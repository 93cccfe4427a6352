using Orleans.Runtime;
using Xunit;

namespace OrleansShop.Engine.Abstractions.Tests.Identity;

public sealed class GrainKeyTests
{
    private static readonly GrainType s_type = GrainType.Create("owner");

    [Theory]
    [InlineData(0, "0")]
    [InlineData(9, "9")]
    [InlineData(42, "2A")]
    [InlineData(1023, "3FF")]
    [InlineData(1024, "400")]
    [InlineData(long.MaxValue, "7FFFFFFFFFFFFFFF")]
    [InlineData(-1, "FFFFFFFFFFFFFFFF")]
    [InlineData(long.MinValue, "8000000000000000")]
    public void A_number_is_upper_case_hexadecimal_without_leading_zeros(long number, string text)
    {
        var key = GrainIdKeyExtensions.CreateIntegerKey(number);
        Assert.Equal(text, key.ToString());
        Assert.Equal(number, new GrainId(s_type, key).GetIntegerKey(out var extension));
        Assert.Null(extension);
    }

    [Fact]
    public void A_number_with_an_extension_has_a_plus_sign_between_them()
    {
        var key = GrainIdKeyExtensions.CreateIntegerKey(42, "a+b/ü");
        Assert.Equal("2A+a+b/ü", key.ToString());
        Assert.Equal(key, GrainIdKeyExtensions.CreateIntegerKey(42, "a+b/ü"u8));
        Assert.Equal(42, new GrainId(s_type, key).GetIntegerKey(out var extension));
        Assert.Equal("a+b/ü", extension);
    }

    [Fact]
    public void A_Guid_is_32_lower_case_hexadecimal_digits()
    {
        var guid = Guid.Parse("0F8FAD5B-D9CB-469F-A165-70867728950E");
        var key = GrainIdKeyExtensions.CreateGuidKey(guid);
        Assert.Equal("0f8fad5bd9cb469fa16570867728950e", key.ToString());
        Assert.Equal(guid, new GrainId(s_type, key).GetGuidKey());

        var compound = GrainIdKeyExtensions.CreateGuidKey(guid, "ext");
        Assert.Equal("0f8fad5bd9cb469fa16570867728950e+ext", compound.ToString());
        Assert.Equal(guid, new GrainId(s_type, compound).GetGuidKey(out var extension));
        Assert.Equal("ext", extension);
    }

    [Fact]
    public void An_empty_extension_is_none()
    {
        Assert.Equal("2A", GrainIdKeyExtensions.CreateIntegerKey(42, "").ToString());
        Assert.Equal("2A", GrainIdKeyExtensions.CreateIntegerKey(42, (string?)null).ToString());
        Assert.Equal(GrainIdKeyExtensions.CreateGuidKey(Guid.Empty), GrainIdKeyExtensions.CreateGuidKey(Guid.Empty, ""));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("2A ")]
    [InlineData("-1")]
    [InlineData("12345678901234567")]
    [InlineData("+ext")]
    public void Text_that_is_no_number_is_refused(string key)
    {
        var id = new GrainId(s_type, IdSpan.Create(key));
        Assert.False(id.TryGetIntegerKey(out var number, out var extension));
        Assert.Equal(0, number);
        Assert.Null(extension);
        Assert.Contains($"owner/{key}", Assert.Throws<ArgumentException>(() => id.GetIntegerKey()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0f8fad5bd9cb469fa16570867728950")]
    [InlineData("0f8fad5bd9cb469fa16570867728950e0")]
    [InlineData("0f8fad5bd9cb469fa16570867728950g")]
    public void Text_that_is_no_Guid_is_refused(string key)
    {
        var id = new GrainId(s_type, IdSpan.Create(key));
        Assert.False(id.TryGetGuidKey(out _, out _));
        Assert.Throws<ArgumentException>(() => id.GetGuidKey());
    }
}
