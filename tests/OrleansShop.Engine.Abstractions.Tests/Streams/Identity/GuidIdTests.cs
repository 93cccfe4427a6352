using System.Runtime.Serialization;
using System.Text.Json;
using Orleans.Runtime;
using Xunit;

namespace OrleansShop.Engine.Abstractions.Tests.Streams.Identity;

public sealed class GuidIdTests
{
    private static readonly Guid s_guid = new("00112233-4455-6677-8899-aabbccddeeff");

    [Fact]
    public void Two_with_the_same_guid_are_equal()
    {
        GuidId one = GuidId.GetGuidId(s_guid), same = GuidId.GetGuidId(s_guid), other = GuidId.GetNewGuidId();

        Assert.True(one == same);
        Assert.False(one != same);
        Assert.True(one != other);
        Assert.True(one != null);
        Assert.True((GuidId?)null == null);
    }

    [Fact]
    public void It_is_a_string_in_json_as_a_value_and_as_a_key()
    {
        var id = GuidId.GetGuidId(s_guid);

        Assert.Equal("\"00112233-4455-6677-8899-aabbccddeeff\"", JsonSerializer.Serialize(id));
        Assert.Equal(id, JsonSerializer.Deserialize<GuidId>(JsonSerializer.Serialize(id)));
        var counts = new Dictionary<GuidId, int> { [id] = 3 };
        Assert.Equal(counts, JsonSerializer.Deserialize<Dictionary<GuidId, int>>(JsonSerializer.Serialize(counts)));
    }

    [Fact]
    public void A_key_in_json_that_is_no_guid_is_refused() =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Dictionary<GuidId, int>>("{\"cat\":1}"));

    [Fact]
    public void The_old_serialization_gets_the_guid()
    {
#pragma warning disable SYSLIB0050 // What is tested is for applications that still use it.
        var data = new SerializationInfo(typeof(GuidId), new FormatterConverter());
#pragma warning restore SYSLIB0050
        GuidId.GetGuidId(s_guid).GetObjectData(data, default);

        Assert.Equal(s_guid, data.GetValue("Guid", typeof(Guid)));
    }
}
