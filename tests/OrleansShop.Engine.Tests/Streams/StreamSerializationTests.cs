using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Providers.Streams.Common;
using Orleans.Serialization;
using Orleans.Streams;
using Xunit;

namespace OrleansShop.Engine.Tests.Streams;

public sealed class StreamSerializationTests
{
    [Fact]
    public async Task Ids_tokens_and_handles_go_through_the_serializer()
    {
        await using var silo = await StreamSilo.Start();
        var serializer = silo.Services.GetRequiredService<Serializer>();
        var handle = await silo.Stream<int>(StreamId.Create("ns", 5)).SubscribeAsync((_, _) => Task.CompletedTask);

        Assert.Equal(StreamId.Create("ns", "key/with/slashes"), Again(StreamId.Create("ns", "key/with/slashes")));
        Assert.Equal(default, Again(default(StreamId)));
        Assert.Equal(QueueId.GetQueueId("q", 3, 77), Again(QueueId.GetQueueId("q", 3, 77)));
        Assert.Equal(new EventSequenceToken(3, 4), Again<StreamSequenceToken>(new EventSequenceToken(3, 4)));
        Assert.IsType<EventSequenceTokenV2>(Again<StreamSequenceToken>(new EventSequenceTokenV2(3, 4)));
        Assert.Equal(handle, Again(handle));

        T Again<T>(T value) => serializer.Deserialize<T>(serializer.SerializeToArray(value))!;
    }

    [Fact]
    public async Task Ids_tokens_and_handles_go_through_the_storage_serializer()
    {
        await using var silo = await StreamSilo.Start();
        var options = silo.Services.GetRequiredService<IOptions<SystemTextJsonGrainStorageSerializerOptions>>().Value.JsonSerializerOptions;
        var handle = await silo.Stream<int>(StreamId.Create("ns", 5)).SubscribeAsync((_, _) => Task.CompletedTask);

        Assert.Equal(StreamId.Create("n/s", "key"), Again(StreamId.Create("n/s", "key")));
        Assert.Equal(StreamId.Create(null, "key"), Again(StreamId.Create(null, "key")));
        Assert.Equal(default, Again(default(StreamId)));
        Assert.Equal(new EventSequenceToken(3, 4), Again(new EventSequenceToken(3, 4)));
        Assert.Equal(new EventSequenceTokenV2(3, 4), Again(new EventSequenceTokenV2(3, 4)));
        Assert.IsType<EventSequenceTokenV2>(Again<StreamSequenceToken>(new EventSequenceTokenV2(3, 4)));
        Assert.Equal(handle, Again(handle));
        Assert.Null(Again<StreamSubscriptionHandle<int>?>(null));

        T Again<T>(T value) => JsonSerializer.Deserialize<T>(JsonSerializer.Serialize(value, options), options)!;
    }

    [Fact]
    public void The_text_of_a_stream_id_can_be_read_again()
    {
        var stream = StreamId.Create("ns", Guid.Parse("11111111-2222-3333-4444-555555555555"));

        Assert.Equal("ns/11111111222233334444555555555555", stream.ToString());
        Assert.Equal(stream, StreamId.Parse("ns/11111111222233334444555555555555"u8));
        Assert.Equal(StreamId.Create(null, "k"), StreamId.Parse("null/k"u8));
        Assert.Null(StreamId.Create(null, "k").GetNamespace());
        Assert.Throws<ArgumentException>(() => StreamId.Parse("nothing"u8));
        Assert.Throws<ArgumentException>(() => StreamId.Create("ns", ""));
    }

    [Fact]
    public void Tokens_are_ordered_by_their_numbers_whichever_kind_they_are()
    {
        Assert.True(new EventSequenceTokenV2(1, 5).CompareTo(new EventSequenceToken(2)) < 0);
        Assert.True(new EventSequenceTokenV2(1, 5).CompareTo(new EventSequenceTokenV2(1, 4)) > 0);
        Assert.Equal(new EventSequenceToken(7), (StreamSequenceToken)new EventSequenceTokenV2(7));
        Assert.True(new EventSequenceToken(1).CompareTo(null) > 0);
    }
}
