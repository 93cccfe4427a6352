using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Serialization;
using Orleans.Storage;
using Xunit;

namespace OrleansShop.Engine.Tests.Serialization;

public sealed class StorageSerializerTests
{
    [Fact]
    public void A_state_comes_back_from_the_binary_format_with_its_references()
    {
        using var services = Serialization.Start();
        var storage = new OrleansGrainStorageSerializer(services.GetRequiredService<Serializer>());
        var node = new Node { Name = "state" };
        node.Next = node;

        var read = storage.Deserialize<Node>(storage.Serialize(node))!;

        Assert.Equal("state", read.Name);
        Assert.Same(read, read.Next);
    }

    [Fact]
    public void A_state_comes_back_from_json_with_its_grain_ids()
    {
        var storage = new SystemTextJsonGrainStorageSerializer(Options.Create(new SystemTextJsonGrainStorageSerializerOptions()));
        var state = new Dictionary<string, GrainId> { ["a"] = GrainId.Create("owner", "1") };
        var bytes = storage.Serialize(state);

        Assert.Equal(state, storage.Deserialize<Dictionary<string, GrainId>>(bytes));
        Assert.Equal("{\"a\":\"owner/1\"}", bytes.ToString());
    }
}
