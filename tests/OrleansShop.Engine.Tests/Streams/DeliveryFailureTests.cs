using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Streams;
using Xunit;

namespace OrleansShop.Engine.Tests.Streams;

public sealed class DeliveryFailureTests
{
    private readonly string _name = Inbox.NewName();

    private StreamId Stream => StreamId.Create("explicit", _name);

    [Fact]
    public async Task A_delivery_that_fails_is_tried_again_and_order_is_kept()
    {
        await using var silo = await StreamSilo.Start();
        var failures = 3;
        Inbox.Behave(_name, _ => Interlocked.Decrement(ref failures) >= 0 ? throw new InvalidOperationException("not yet") : Task.CompletedTask);
        await silo.Subscriber(_name).Subscribe(Stream, "item");

        await silo.Stream<string>(Stream).OnNextBatchAsync(["one", "two"]);
        await silo.Stream<string>(Stream).OnNextAsync("three");

        await Inbox.Has(_name, 3);
        Assert.Equal(["item:one", "item:two", "item:three"], Inbox.Of(_name));
    }

    [Fact]
    public async Task What_was_taken_of_a_batch_is_not_delivered_again_when_the_rest_fails()
    {
        await using var silo = await StreamSilo.Start();
        var failures = 2;
        Inbox.Behave(_name, text => text == "item:two" && Interlocked.Decrement(ref failures) >= 0 ? throw new InvalidOperationException("not yet") : Task.CompletedTask);
        await silo.Subscriber(_name).Subscribe(Stream, "item");

        await silo.Stream<string>(Stream).OnNextBatchAsync(["one", "two", "three"]);

        await Inbox.Has(_name, 3);
        Assert.Equal(["item:one", "item:two", "item:three"], Inbox.Of(_name));
    }

    [Fact]
    public async Task An_event_that_cannot_be_delivered_in_time_is_given_up_and_the_next_one_comes()
    {
        var handler = new Handler(faults: false);
        await using var silo = await StreamSilo.Start(Impatient, silo => silo.Services.AddKeyedSingleton<IStreamFailureHandler>("Memory", handler));
        Inbox.Behave(_name, static text => text == "item:poison" ? throw new InvalidOperationException("never") : Task.CompletedTask);
        var subscription = await silo.Subscriber(_name).Subscribe(Stream, "item");

        await silo.Stream<string>(Stream).OnNextAsync("before");
        await silo.Stream<string>(Stream).OnNextAsync("poison");
        await silo.Stream<string>(Stream).OnNextAsync("after");

        await Inbox.Has(_name, 3);
        Assert.Equal(["item:before", $"error:{nameof(StreamEventDeliveryFailureException)}", "item:after"], Inbox.Of(_name));
        Assert.Equal([$"delivery {subscription} Memory {Stream}"], handler.Calls);
    }

    [Fact]
    public async Task A_handler_can_say_that_a_subscription_gets_no_more_events()
    {
        var handler = new Handler(faults: true);
        await using var silo = await StreamSilo.Start(Impatient, silo => silo.Services.AddKeyedSingleton<IStreamFailureHandler>("Memory", handler));
        Inbox.Behave(_name, static text => text == "item:poison" ? throw new InvalidOperationException("never") : Task.CompletedTask);
        var subscription = await silo.Subscriber(_name).Subscribe(Stream, "item");

        await silo.Stream<string>(Stream).OnNextAsync("poison");
        await Inbox.Has(_name, 1);
        var others = new ConcurrentQueue<string>();
        await silo.Stream<string>(Stream).SubscribeAsync(new Collect(others));
        await silo.Stream<string>(Stream).OnNextAsync("after");

        await Eventually.Holds(() => others.Contains("after"), "the other subscription got the next event");
        Assert.Equal([$"error:{nameof(StreamEventDeliveryFailureException)}"], Inbox.Of(_name));
        Assert.Equal([$"delivery {subscription} Memory {Stream}", $"subscription {subscription} Memory {Stream}"], handler.Calls);
    }

    [Fact]
    public async Task A_subscriber_that_takes_nothing_holds_up_no_other_subscription_and_no_other_stream()
    {
        await using var silo = await StreamSilo.Start(static streams => streams.ConfigurePartitioning(1));
        var stuck = new TaskCompletionSource();
        Inbox.Behave(_name, _ => stuck.Task);
        await silo.Subscriber(_name).Subscribe(Stream, "stuck");
        var others = new ConcurrentQueue<string>();
        await silo.Stream<string>(Stream).SubscribeAsync(new Collect(others));
        var elsewhere = new ConcurrentQueue<string>();
        var otherStream = StreamId.Create("explicit", $"{_name}-other");
        await silo.Stream<string>(otherStream).SubscribeAsync(new Collect(elsewhere));

        for (var i = 0; i < 50; i++)
        {
            await silo.Stream<string>(Stream).OnNextAsync($"{i}");
            await silo.Stream<string>(otherStream).OnNextAsync($"{i}");
        }

        await Eventually.Holds(() => others.Count == 50 && elsewhere.Count == 50, "all others got all");
        Assert.Empty(Inbox.Of(_name));
        stuck.SetResult();
        await Inbox.Has(_name, 50);
    }

    [Fact]
    public async Task A_subscriber_of_another_type_hears_of_it()
    {
        await using var silo = await StreamSilo.Start(Impatient);
        var errors = new ConcurrentQueue<Exception>();
        await silo.Stream<int>(Stream).SubscribeAsync((_, _) => Task.CompletedTask, error =>
        {
            errors.Enqueue(error);
            return Task.CompletedTask;
        });

        await silo.Stream<string>(Stream).OnNextAsync("text");

        await Eventually.Holds(() => !errors.IsEmpty, "the error was told");
        Assert.Contains("agree on the type", Assert.Single(errors).Message, StringComparison.Ordinal);
    }

    private static void Impatient(ISiloMemoryStreamConfigurator streams) =>
        streams.ConfigurePullingAgent(agent => agent.Configure(static options => options.MaxEventDeliveryTime = TimeSpan.FromMilliseconds(500)));

    private sealed class Handler(bool faults) : IStreamFailureHandler
    {
        public ConcurrentQueue<string> Calls { get; } = new();

        public bool ShouldFaultSubsriptionOnError => faults;

        public Task OnDeliveryFailure(GuidId subscriptionId, string streamProviderName, StreamId streamIdentity, StreamSequenceToken? sequenceToken) =>
            Note("delivery", subscriptionId, streamProviderName, streamIdentity, sequenceToken);

        public Task OnSubscriptionFailure(GuidId subscriptionId, string streamProviderName, StreamId streamIdentity, StreamSequenceToken? sequenceToken) =>
            Note("subscription", subscriptionId, streamProviderName, streamIdentity, sequenceToken);

        private Task Note(string what, GuidId subscription, string provider, StreamId stream, StreamSequenceToken? token)
        {
            Assert.NotNull(token);
            Calls.Enqueue($"{what} {subscription.Guid} {provider} {stream}");
            return Task.CompletedTask;
        }
    }
}
