using Xunit;

namespace OrleansShop.Engine.Tests.Streams;

public sealed class ExplicitSubscriptionTests
{
    private readonly string _name = Inbox.NewName();

    private StreamId Stream => StreamId.Create("explicit", _name);

    [Fact]
    public async Task An_event_reaches_the_grain_that_subscribed()
    {
        await using var silo = await StreamSilo.Start();
        await silo.Subscriber(_name).Subscribe(Stream, "first");

        await silo.Stream<string>(Stream).OnNextAsync("hello");

        await Inbox.Has(_name, 1);
        Assert.Equal(["first:hello"], Inbox.Of(_name));
    }

    [Fact]
    public async Task Each_subscription_of_a_grain_gets_each_event_until_it_is_ended()
    {
        await using var silo = await StreamSilo.Start();
        var grain = silo.Subscriber(_name);
        var first = await grain.Subscribe(Stream, "first");
        var second = await grain.Subscribe(Stream, "second");
        Assert.Equal([first, second], await grain.Subscriptions(Stream));

        await silo.Stream<string>(Stream).OnNextAsync("one");
        await Inbox.Has(_name, 2);
        await grain.Unsubscribe(Stream, first);
        await silo.Stream<string>(Stream).OnNextAsync("two");
        await Inbox.Has(_name, 3);
        Assert.Equal([second], await grain.Subscriptions(Stream));
        await grain.Unsubscribe(Stream, second);
        await silo.Stream<string>(Stream).OnNextAsync("three");

        // A later event of another grain on the same stream shows that the third one is through.
        var other = $"{_name}-other";
        await silo.Subscriber(other).Subscribe(Stream, "other");
        await silo.Stream<string>(Stream).OnNextAsync("four");
        await Inbox.Has(other, 1);
        Assert.Equal(["first:one", "second:one", "second:two"], Inbox.Of(_name).Order());
        Assert.Empty(await grain.Subscriptions(Stream));
    }

    [Fact]
    public async Task A_grain_that_was_deactivated_is_activated_by_the_next_event_and_resumes()
    {
        await using var silo = await StreamSilo.Start();
        var grain = silo.Subscriber(_name);
        await grain.Subscribe(Stream, "first");
        await grain.Deactivate();
        await Eventually.Holds(() => silo.Catalog.Find(grain.GetGrainId()) is null, "the grain is gone");

        await silo.Stream<string>(Stream).OnNextAsync("hello");

        await Inbox.Has(_name, 1);
        Assert.Equal(["resumed:hello"], Inbox.Of(_name));
    }

    [Fact]
    public async Task A_handle_can_be_stored_in_a_state_and_resumed_from_it()
    {
        await using var silo = await StreamSilo.Start();
        var grain = silo.Grains.GetGrain<IKeeperGrain>(_name);
        await grain.Subscribe(Stream);
        await silo.Stream<string>(Stream).OnNextAsync("before");
        await Inbox.Has(_name, 1);
        await grain.Deactivate();
        await Eventually.Holds(() => silo.Catalog.Find(grain.GetGrainId()) is null, "the grain is gone");

        await silo.Stream<string>(Stream).OnNextAsync("after");

        await Inbox.Has(_name, 2);
        Assert.Equal(["before", "after"], Inbox.Of(_name));
    }

    [Fact]
    public async Task An_event_without_an_observer_is_dropped_and_the_next_one_is_delivered_after_resuming()
    {
        var name = $"{_name}-forgetful";
        await using var silo = await StreamSilo.Start();
        var grain = silo.Subscriber(name);
        await grain.Subscribe(Stream, "first");
        await grain.Deactivate();
        await Eventually.Holds(() => silo.Catalog.Find(grain.GetGrainId()) is null, "the grain is gone");

        await silo.Stream<string>(Stream).OnNextAsync("dropped");
        await Eventually.Holds(() => silo.Catalog.Find(grain.GetGrainId()) is not null, "the event has activated the grain");
        await grain.Subscribe(Stream, "second");
        await silo.Stream<string>(Stream).OnNextAsync("taken");

        await Inbox.Has(name, 1);
        Assert.Equal(["second:taken"], Inbox.Of(name));
    }

    [Fact]
    public async Task A_grain_that_wants_to_be_asked_is_asked_before_the_event_is_dropped()
    {
        var name = $"{_name}-forgetful";
        await using var silo = await StreamSilo.Start();
        var grain = silo.Grains.GetGrain<IAskedGrain>(name);
        await grain.Subscribe(Stream, "first");
        await grain.Deactivate();
        await Eventually.Holds(() => silo.Catalog.Find(grain.GetGrainId()) is null, "the grain is gone");

        await silo.Stream<string>(Stream).OnNextAsync("hello");

        await Inbox.Has(name, 1);
        Assert.Equal(["asked:hello"], Inbox.Of(name));
    }

    [Fact]
    public async Task A_handle_that_ended_its_subscription_cannot_be_resumed()
    {
        await using var silo = await StreamSilo.Start();

        Assert.Contains("has ended", await silo.Subscriber(_name).TryUseEndedHandle(Stream), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_published_together_stay_together_for_those_who_want_that()
    {
        await using var silo = await StreamSilo.Start();
        await silo.Subscriber(_name).SubscribeToBatches(Stream);
        var single = $"{_name}-single";
        await silo.Subscriber(single).Subscribe(Stream, "item");

        await silo.Stream<string>(Stream).OnNextBatchAsync(["a", "b", "c"]);

        await Inbox.Has(_name, 1);
        await Inbox.Has(single, 3);
        Assert.Equal(["0:a,1:b,2:c"], Inbox.Of(_name));
        Assert.Equal(["item:a", "item:b", "item:c"], Inbox.Of(single));
    }

    [Fact]
    public async Task Several_messages_can_be_delivered_with_one_call()
    {
        await using var silo = await StreamSilo.Start(streams => streams.ConfigurePullingAgent(agent => agent.Configure(static options => options.BatchContainerBatchSize = 10)));
        var begun = new TaskCompletionSource();
        var blocked = new TaskCompletionSource();
        Inbox.Behave(_name, _ =>
        {
            begun.TrySetResult();
            return blocked.Task;
        });
        await silo.Subscriber(_name).SubscribeToBatches(Stream);
        await silo.Stream<string>(Stream).OnNextAsync("first");
        await begun.Task;
        for (var i = 0; i < 5; i++)
            await silo.Stream<string>(Stream).OnNextAsync($"{i}");
        blocked.SetResult();

        await Eventually.Holds(() => Inbox.Of(_name).Sum(static text => text.Split(',').Length) == 6, "all events arrived");
        Assert.Equal("0:first", Inbox.Of(_name).First());
        Assert.InRange(Inbox.Of(_name).Count, 2, 5);
    }

    [Fact]
    public async Task A_publisher_can_say_that_the_stream_has_ended_or_failed()
    {
        await using var silo = await StreamSilo.Start();
        await silo.Subscriber(_name).Subscribe(Stream, "item");
        var stream = silo.Stream<string>(Stream);

        await stream.OnNextAsync("one");
        await stream.OnErrorAsync(new InvalidDataException("broken"));
        await stream.OnCompletedAsync();

        await Inbox.Has(_name, 3);
        Assert.Equal(["item:one", "error:InvalidDataException", "completed"], Inbox.Of(_name));
    }

    [Fact]
    public async Task Request_context_and_trace_travel_with_an_event()
    {
        using var listener = new System.Diagnostics.ActivityListener
        {
            ShouldListenTo = static source => source.Name.StartsWith("Microsoft.Orleans", StringComparison.Ordinal),
            Sample = static (ref _) => System.Diagnostics.ActivitySamplingResult.AllDataAndRecorded,
        };
        System.Diagnostics.ActivitySource.AddActivityListener(listener);
        await using var silo = await StreamSilo.Start();
        await silo.Grains.GetGrain<IContextGrain>(_name).Subscribe(Stream);

        using var activity = new System.Diagnostics.Activity("test").Start();
        RequestContext.Set("user", "ada");
        await silo.Stream<string>(Stream).OnNextAsync("hello");
        RequestContext.Clear();

        await Inbox.Has(_name, 1);
        Assert.Equal([$"hello|ada|{activity.TraceId}"], Inbox.Of(_name));
    }

    [Fact]
    public async Task A_filter_keeps_events_from_subscriptions()
    {
        await using var silo = await StreamSilo.Start(more: static silo => silo.AddStreamFilter<OnlyWithPrefix>("Memory"));
        var taken = new System.Collections.Concurrent.ConcurrentQueue<string>();
        await silo.Stream<string>(Stream).SubscribeAsync(new Collect(taken), token: null, filterData: "a");

        foreach (var item in new[] { "a1", "b1", "a2" })
            await silo.Stream<string>(Stream).OnNextAsync(item);

        await Eventually.Holds(() => taken.Count == 2, "two events passed");
        Assert.Equal(["a1", "a2"], taken);
    }

    private sealed class OnlyWithPrefix : Orleans.Streams.Filtering.IStreamFilter
    {
        public bool ShouldDeliver(StreamId streamId, object item, string filterData) => ((string)item).StartsWith(filterData, StringComparison.Ordinal);
    }
}
