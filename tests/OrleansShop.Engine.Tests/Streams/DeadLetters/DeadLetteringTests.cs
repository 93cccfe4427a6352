using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Streams;
using OrleansShop.Engine.Streams.DeadLetters;
using Xunit;

namespace OrleansShop.Engine.Tests.Streams.DeadLetters;

/// <summary>What agents do with events that fail for good, where the provider has dead letters.</summary>
public sealed class DeadLetteringTests
{
    private readonly string _name = Inbox.NewName();
    private readonly KeptLetters _letters = new();

    private StreamId Stream => StreamId.Create("explicit", _name);

    [Fact]
    public async Task After_five_failures_an_event_is_a_dead_letter_that_says_who_could_not_take_it_and_why_and_the_next_ones_come()
    {
        await using var silo = await Start();
        var tries = 0;
        Inbox.Behave(_name, text =>
        {
            if (text != "item:poison")
                return Task.CompletedTask;
            Interlocked.Increment(ref tries);
            throw new InvalidOperationException("never");
        });
        var subscription = await silo.Subscriber(_name).Subscribe(Stream, "item");
        var others = new ConcurrentQueue<string>();
        await silo.Stream<string>(Stream).SubscribeAsync(new Collect(others));

        foreach (var item in (string[])["before", "poison", "after"])
            await silo.Stream<string>(Stream).OnNextAsync(item);

        await Inbox.Has(_name, 3);
        Assert.Equal(["item:before", $"error:{nameof(StreamEventDeliveryFailureException)}", "item:after"], Inbox.Of(_name));
        Assert.Equal(5, tries);
        Assert.Equal(["before", "poison", "after"], others);
        var (message, reason) = Assert.Single(_letters.All);
        Assert.Equal(Stream, message.StreamId);
        Assert.Equal(("Memory", Stream, subscription, 5), (reason.Provider, reason.Stream, reason.Subscription, reason.Attempts));
        Assert.Equal(silo.Subscriber(_name).GetGrainId(), reason.Consumer);
        Assert.Equal((typeof(InvalidOperationException).FullName, "never"), (reason.ExceptionType, reason.ExceptionMessage));
        Assert.Contains(nameof(After_five_failures_an_event_is_a_dead_letter_that_says_who_could_not_take_it_and_why_and_the_next_ones_come), reason.ExceptionDetail, StringComparison.Ordinal);
        Assert.True(reason.FirstFailedAt <= reason.FailedAt);
        Assert.NotEmpty(reason.Queue);
    }

    [Fact]
    public async Task The_most_attempts_are_an_option_of_the_provider()
    {
        await using var silo = await Start(more: silo => silo.Services.Configure<StreamDeadLetterOptions>("Memory", static options => options.MaxAttempts = 1));
        Inbox.Behave(_name, static text => text == "item:poison" ? throw new InvalidOperationException("never") : Task.CompletedTask);
        await silo.Subscriber(_name).Subscribe(Stream, "item");

        await silo.Stream<string>(Stream).OnNextAsync("poison");

        await Eventually.Holds(() => !_letters.All.IsEmpty, "the event is a dead letter");
        Assert.Equal(1, Assert.Single(_letters.All).Reason.Attempts);
    }

    [Fact]
    public async Task A_delivery_that_takes_too_long_ends_as_a_dead_letter_before_the_most_attempts()
    {
        await using var silo = await Start(
            static streams => streams.ConfigurePullingAgent(agent => agent.Configure(static options => options.MaxEventDeliveryTime = TimeSpan.FromMilliseconds(500))),
            silo => silo.Services.Configure<StreamDeadLetterOptions>("Memory", static options => options.MaxAttempts = 1000));
        Inbox.Behave(_name, static text => text == "item:poison" ? throw new InvalidOperationException("never") : Task.CompletedTask);
        await silo.Subscriber(_name).Subscribe(Stream, "item");

        await silo.Stream<string>(Stream).OnNextAsync("poison");

        await Eventually.Holds(() => !_letters.All.IsEmpty, "the event is a dead letter");
        Assert.InRange(Assert.Single(_letters.All).Reason.Attempts, 1, 4);
    }

    [Fact]
    public async Task Dead_letters_that_are_away_hold_up_the_subscription_and_lose_nothing()
    {
        await using var silo = await Start();
        _letters.Failure = new IOException("The disk is full.");
        Inbox.Behave(_name, static text => text == "item:poison" ? throw new InvalidOperationException("never") : Task.CompletedTask);
        await silo.Subscriber(_name).Subscribe(Stream, "item");
        var others = new ConcurrentQueue<string>();
        await silo.Stream<string>(Stream).SubscribeAsync(new Collect(others));

        await silo.Stream<string>(Stream).OnNextAsync("poison");
        await silo.Stream<string>(Stream).OnNextAsync("after");

        await Eventually.Holds(() => _letters.Tries >= 3 && others.Count == 2, "it was tried several times, and the other subscription has all");
        Assert.Empty(Inbox.Of(_name));
        _letters.Failure = null;
        await Inbox.Has(_name, 2);
        Assert.Equal([$"error:{nameof(StreamEventDeliveryFailureException)}", "item:after"], Inbox.Of(_name));
        Assert.Single(_letters.All);
    }

    [Fact]
    public async Task Of_messages_that_are_delivered_together_only_the_one_that_fails_becomes_a_dead_letter()
    {
        await using var silo = await Start(static streams => streams.ConfigurePullingAgent(agent => agent.Configure(static options => options.BatchContainerBatchSize = 10)));
        var gate = new TaskCompletionSource();
        Inbox.Behave(_name, async text =>
        {
            await gate.Task;
            if (text == "item:poison")
                throw new InvalidOperationException("never");
        });
        await silo.Subscriber(_name).Subscribe(Stream, "item");

        foreach (var item in (string[])["first", "one", "poison", "two"])
            await silo.Stream<string>(Stream).OnNextAsync(item);
        gate.SetResult();

        await Inbox.Has(_name, 4);
        Assert.Equal(["item:first", "item:one", $"error:{nameof(StreamEventDeliveryFailureException)}", "item:two"], Inbox.Of(_name));
        Assert.Single(_letters.All);
    }

    [Fact]
    public async Task What_the_publisher_traced_is_kept_with_the_dead_letter()
    {
        using var source = new ActivitySource(_name);
        using var listener = new ActivityListener { ShouldListenTo = known => known.Name == _name, Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData };
        ActivitySource.AddActivityListener(listener);
        await using var silo = await Start();
        Inbox.Behave(_name, static _ => throw new InvalidOperationException("never"));
        await silo.Subscriber(_name).Subscribe(Stream, "item");

        using (var publishing = source.StartActivity("publish")!)
        {
            await silo.Stream<string>(Stream).OnNextAsync("poison");
            await Eventually.Holds(() => !_letters.All.IsEmpty, "the event is a dead letter");
            Assert.StartsWith($"00-{publishing.TraceId}-", Assert.Single(_letters.All).Reason.TraceParent, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_a_failure_says_is_cut_to_a_bounded_length()
    {
        var reason = new DeadLetterReason
        {
            Provider = "Memory",
            Queue = "queue",
            Stream = Stream,
            Subscription = Guid.Empty,
            Consumer = GrainId.Create("type", "key"),
            Attempts = 1,
            FirstFailedAt = DateTimeOffset.UnixEpoch,
            FailedAt = DateTimeOffset.UnixEpoch,
            ExceptionType = "Broken",
            ExceptionMessage = new string('a', DeadLetterReason.MaxMessageChars - 1) + "\U0001F600",
            ExceptionDetail = new string('b', DeadLetterReason.MaxDetailChars + 1),
        };

        Assert.Equal(new string('a', DeadLetterReason.MaxMessageChars - 1), reason.ExceptionMessage);
        Assert.Equal(DeadLetterReason.MaxDetailChars, reason.ExceptionDetail.Length);
    }

    private Task<TestSilo> Start(Action<ISiloMemoryStreamConfigurator>? configure = null, Action<ISiloBuilder>? more = null) => StreamSilo.Start(configure, silo =>
    {
        silo.Services.AddKeyedSingleton<IDeadLetterQueue>("Memory", _letters);
        more?.Invoke(silo);
    });
}
