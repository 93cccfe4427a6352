using System.IO.Hashing;
using System.Text;
using System.Text.Json;
using Orleans.Runtime;
using Xunit;

namespace OrleansShop.Engine.Abstractions.Tests.Identity;

public sealed class GrainIdTests
{
    [Theory]
    [InlineData("owner", "2A")]
    [InlineData("dictionary`2", "a/b/c")]
    [InlineData("pet", "Mörk 🐈")]
    public void Its_text_is_type_slash_key_and_reads_back(string type, string key)
    {
        var id = GrainId.Create(type, key);
        Assert.Equal($"{type}/{key}", id.ToString());
        Assert.Equal($"<{type}/{key}>", $"<{id}>");
        Assert.Equal(id, GrainId.Parse(id.ToString()));
        Assert.Equal(id, GrainId.Parse(id.ToString().AsSpan()));
        Assert.Equal(type, id.Type.ToString());
        Assert.Equal(key, id.Key.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/2A")]
    [InlineData("owner")]
    [InlineData("  /2A")]
    public void Text_without_a_type_is_refused(string? text)
    {
        Assert.False(GrainId.TryParse(text, out var id));
        Assert.True(id.IsDefault);
        if (text is not null)
            Assert.Contains($"\"{text}\"", Assert.Throws<FormatException>(() => GrainId.Parse(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_uniform_hash_is_made_of_the_hashes_of_type_and_key()
    {
        var id = GrainId.Create("owner", "2A");
        var expected = unchecked(XxHash32.HashToUInt32("owner"u8) * 31 + XxHash32.HashToUInt32("2A"u8));
        Assert.Equal(expected, id.GetUniformHashCode());
        Assert.Equal(XxHash32.HashToUInt32("owner"u8), id.Type.GetUniformHashCode());
        Assert.Equal(XxHash32.HashToUInt32("2A"u8), id.Key.GetUniformHashCode());
    }

    [Fact]
    public void Two_are_equal_when_type_and_key_are()
    {
        var id = GrainId.Create("owner", "2A");
        Assert.True(id == GrainId.Create("owner", "2A"));
        Assert.Equal(id.GetHashCode(), GrainId.Create("owner", "2A").GetHashCode());
        Assert.True(id != GrainId.Create("owner", "2B"));
        Assert.True(id != GrainId.Create("pet", "2A"));
        Assert.False(id.Equals(null));
    }

    [Fact]
    public void They_are_ordered_by_type_and_then_by_key()
    {
        var sorted = new[] { GrainId.Create("b", "1"), GrainId.Create("a", "2"), GrainId.Create("a", "1"), GrainId.Create("a", "10") }.Order();
        Assert.Equal(["a/1", "a/10", "a/2", "b/1"], sorted.Select(id => id.ToString()));
    }

    [Fact]
    public void Bytes_with_equal_hash_but_other_content_are_not_equal()
    {
        var one = IdSpan.UnsafeCreate(Encoding.UTF8.GetBytes("one"), 7);
        var two = IdSpan.UnsafeCreate(Encoding.UTF8.GetBytes("two"), 7);
        Assert.False(one.Equals(two));
        Assert.True(one.Equals(IdSpan.UnsafeCreate(Encoding.UTF8.GetBytes("one"), 7)));
    }

    [Fact]
    public void A_default_value_is_empty_and_harmless()
    {
        Assert.True(default(GrainId).IsDefault);
        Assert.Equal("/", default(GrainId).ToString());
        Assert.Equal(default, default(GrainId));
        Assert.Equal(0u, default(IdSpan).GetUniformHashCode());
        Assert.True(default(IdSpan).AsSpan().IsEmpty);
    }

    [Fact]
    public void It_is_text_in_json_as_a_value_and_as_a_key()
    {
        var ids = new Dictionary<GrainId, GrainId> { [GrainId.Create("owner", "1")] = GrainId.Create("pet", "2") };
        var json = JsonSerializer.Serialize(ids);
        Assert.Equal("""{"owner/1":"pet/2"}""", json);
        Assert.Equal(ids, JsonSerializer.Deserialize<Dictionary<GrainId, GrainId>>(json));
    }
}
