using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Providers.Streams.Common;
using Orleans.Serialization;
using Orleans.Storage;
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
    public async Task A_state_with_an_id_a_token_and_a_handle_goes_through_the_default_storage_serializer()
    {
        await using var silo = await StreamSilo.Start();
        var serializer = Assert.IsType<JsonGrainStorageSerializer>(silo.Services.GetRequiredService<IGrainStorageSerializer>());
        var handle = await silo.Stream<int>(StreamId.Create("ns", 5)).SubscribeAsync((_, _) => Task.CompletedTask);
        var state = new FollowerState { Stream = StreamId.Create("n/s", "key"), Token = new EventSequenceTokenV2(3, 4), Earlier = new EventSequenceToken(1, 2), Handle = handle };

        var read = serializer.Deserialize<FollowerState>(serializer.Serialize(state))!;

        Assert.Equal((state.Stream, handle), (read.Stream, read.Handle));
        Assert.IsType<EventSequenceTokenV2>(read.Token);
        Assert.Equal((state.Token, state.Earlier), (read.Token, read.Earlier));
        var empty = serializer.Deserialize<FollowerState>(serializer.Serialize(new FollowerState()))!;
        Assert.Equal((null, null), (empty.Token, empty.Handle));
    }

    [Fact]
    public async Task A_stored_handle_or_token_of_another_form_is_refused_with_what_was_expected()
    {
        await using var silo = await StreamSilo.Start();
        var serializer = silo.Services.GetRequiredService<IGrainStorageSerializer>();

        var handle = Assert.ThrowsAny<Exception>(() => serializer.Deserialize<FollowerState>(BinaryData.FromString("""{"Handle":{"Provider":"p"}}""")));
        var token = Assert.ThrowsAny<Exception>(() => serializer.Deserialize<FollowerState>(BinaryData.FromString("""{"Token":{"Kind":3,"SequenceNumber":1,"EventIndex":0}}""")));

        Assert.Contains("\"Provider\", \"Key\" and \"Id\"", handle.ToString(), StringComparison.Ordinal);
        Assert.Contains("\"Kind\" (1 or 2)", token.ToString(), StringComparison.Ordinal);
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

[GenerateSerializer]
public sealed class FollowerState
{
    [Id(0)]
    public StreamId Stream { get; set; }

    [Id(1)]
    public StreamSequenceToken? Token { get; set; }

    [Id(2)]
    public EventSequenceToken? Earlier { get; set; }

    [Id(3)]
    public StreamSubscriptionHandle<int>? Handle { get; set; }
}
