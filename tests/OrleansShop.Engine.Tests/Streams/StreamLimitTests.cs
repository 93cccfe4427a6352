using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Providers.Streams.Common;
using Orleans.Streams;
using OrleansShop.Engine.Streams.Memory;
using Xunit;

namespace OrleansShop.Engine.Tests.Streams;

public sealed class StreamLimitTests
{
    private readonly string _name = Inbox.NewName();

    private StreamId Stream => StreamId.Create("explicit", _name);

    [Fact]
    public async Task Nothing_is_not_an_event()
    {
        await using var silo = await StreamSilo.Start();
        var stream = silo.Stream<string>(Stream);

        await Assert.ThrowsAsync<ArgumentNullException>(() => stream.OnNextAsync(null!));
        await Assert.ThrowsAsync<ArgumentNullException>(() => stream.OnNextBatchAsync(null!));
        await Assert.ThrowsAsync<ArgumentException>(() => stream.OnNextBatchAsync([]));
        Assert.Contains("Event 1", (await Assert.ThrowsAsync<ArgumentException>(() => stream.OnNextBatchAsync(["a", null!]))).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentNullException>(() => stream.OnErrorAsync(null!));
        Assert.Throws<ArgumentException>(() => silo.Stream<string>(default));
    }

    [Fact]
    public async Task An_unknown_provider_is_answered_with_those_that_there_are()
    {
        await using var silo = await StreamSilo.Start();

        var unknown = Assert.Throws<KeyNotFoundException>(() => ((IClusterClient)silo.Grains).GetStreamProvider("Other"));

        Assert.Contains("\"Other\"", unknown.Message, StringComparison.Ordinal);
        Assert.Contains("\"Memory\"", unknown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silo_whose_providers_lack_something_does_not_start_and_says_all_of_it()
    {
        var refused = await Assert.ThrowsAsync<OrleansConfigurationException>(() => TestSilo.StartAsync(static silo =>
        {
            silo.AddMemoryStreams("A");
            silo.AddMemoryStreams("B", static streams => streams.ConfigurePullingAgent(agent => agent.Configure(static options => options.BatchContainerBatchSize = 0)));
        }));

        Assert.Contains("Stream provider \"A\"", refused.Message, StringComparison.Ordinal);
        Assert.Contains("AddMemoryGrainStorage(\"PubSubStore\")", refused.Message, StringComparison.Ordinal);
        Assert.Contains("BatchContainerBatchSize of stream provider \"B\" is 0", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_that_is_too_large_is_refused_at_the_publisher()
    {
        await using var silo = await StreamSilo.Start(static streams => streams.Configure<MemoryStreamQueueOptions>(options => options.Configure(static queue => queue.MaxMessageBytes = 1000)));

        var refused = await Assert.ThrowsAsync<LimitExceededException>(() => silo.Stream<string>(Stream).OnNextAsync(new string('x', 2000)));

        Assert.Contains("MaxMessageBytes allows 1000", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_that_cannot_be_serialized_is_refused_at_the_publisher()
    {
        await using var silo = await StreamSilo.Start();

        await Assert.ThrowsAnyAsync<Exception>(() => silo.Stream<object>(Stream).OnNextAsync(new Thread(static () => { })));
    }

    [Fact]
    public async Task A_token_that_the_publisher_chose_is_refused()
    {
        await using var silo = await StreamSilo.Start();

        await Assert.ThrowsAsync<ArgumentException>(() => silo.Stream<string>(Stream).OnNextAsync("a", new EventSequenceTokenV2(1)));
    }

    [Fact]
    public async Task What_is_not_delivered_is_bounded_in_the_cache_and_in_the_queue()
    {
        const int CacheSize = 10;
        const int QueueSize = 30;
        await using var silo = await StreamSilo.Start(static streams =>
        {
            streams.ConfigurePartitioning(1);
            streams.Configure<Orleans.Configuration.SimpleQueueCacheOptions>(options => options.Configure(static cache => cache.CacheSize = CacheSize));
            streams.Configure<MemoryStreamQueueOptions>(options => options.Configure(static queue => queue.MaxMessages = QueueSize));
        });
        var stuck = new TaskCompletionSource();
        Inbox.Behave(_name, _ => stuck.Task);
        await silo.Subscriber(_name).Subscribe(Stream, "item");
        var queue = silo.Services.GetRequiredKeyedService<MemoryQueuesOfSilo>("Memory").Queues[silo.Services.GetRequiredKeyedService<IQueueAdapterFactory>("Memory").GetStreamQueueMapper().GetQueueForStream(Stream)];

        for (var i = 0; i < QueueSize; i++)
            await silo.Stream<string>(Stream).OnNextAsync($"{i}");
        var refused = await Assert.ThrowsAsync<LimitExceededException>(() => silo.Stream<string>(Stream).OnNextAsync("one more"));

        Assert.Contains($"MaxMessages {QueueSize}", refused.Message, StringComparison.Ordinal);
        Assert.Equal(QueueSize, queue.Count);
        stuck.SetResult();
        await Inbox.Has(_name, QueueSize);
        Assert.Equal(Enumerable.Range(0, QueueSize).Select(static i => $"item:{i}"), Inbox.Of(_name));
        await Eventually.Holds(() => queue.Count == 0, "everything was acknowledged");
    }

    [Fact]
    public async Task Many_streams_are_each_delivered_in_order()
    {
        await using var silo = await StreamSilo.Start();
        const int Streams = 40;
        const int Events = 50;
        var taken = Enumerable.Range(0, Streams).Select(static _ => new ConcurrentQueue<string>()).ToArray();
        for (var s = 0; s < Streams; s++)
            await silo.Stream<string>(StreamId.Create("explicit", $"{_name}-{s}")).SubscribeAsync(new Collect(taken[s]));

        await Task.WhenAll(Enumerable.Range(0, Streams).Select(async s =>
        {
            for (var i = 0; i < Events; i++)
                await silo.Stream<string>(StreamId.Create("explicit", $"{_name}-{s}")).OnNextAsync($"{i}");
        }));

        await Eventually.Holds(() => taken.All(static queue => queue.Count == Events), "all events arrived");
        Assert.All(taken, static queue => Assert.Equal(Enumerable.Range(0, Events).Select(static i => $"{i}"), queue));
    }
}
