using OrleansShop.Engine.Sqs.Receiving;
using OrleansShop.Engine.Sqs.Streams.Queues;
using OrleansShop.Engine.Sqs.Streams.Receiving;
using OrleansShop.Testing.Sqs;
using OrleansShop.Testing.Time;
using Xunit;

namespace OrleansShop.Engine.Sqs.Tests.Streams.Receiving;

/// <summary>Messages that are held for very long.</summary>
public sealed class VisibilityKeeperTests(SqsFixture fixture)
{
    private static readonly TimeSpan s_visibility = TimeSpan.FromMinutes(10);
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task A_message_is_kept_hidden_for_almost_12_h_then_given_up_once_and_hidden_again_when_it_was_received_again()
    {
        await using var lone = await LoneReceiver.StartAsync(fixture, time: _time);
        var (held, keeper, queue) = await Hold(lone);
        Receive(held, queue, count: 1);

        var lastAt = await ExtendUntil(TimeSpan.FromHours(13), lone, keeper);

        Assert.InRange(lastAt, TimeSpan.FromHours(11.7), TimeSpan.FromHours(12) - s_visibility);
        Assert.All(lone.Hidden, static change => Assert.Equal(("1/1", 600), change));
        Assert.Contains("12 h", Assert.Single(lone.Log.Of(1983)), StringComparison.Ordinal);

        var before = lone.Hidden.Count;
        Assert.Equal(Admission.Waiting, Receive(held, queue, count: 2));
        await ExtendUntil(TimeSpan.FromHours(1), lone, keeper);
        Assert.InRange(lone.Hidden.Count, before + 10, before + 12);
        Assert.Equal(("1/2", 600), lone.Hidden[^1]);
    }

    [Fact]
    public async Task When_SQS_has_counted_12_h_sooner_the_message_is_given_up_at_its_first_refusal()
    {
        await using var lone = await LoneReceiver.StartAsync(fixture, time: _time);
        var (held, keeper, queue) = await Hold(lone);
        Receive(held, queue, count: 1);
        lone.Refusal = static _ => "InvalidParameterValue";

        await ExtendUntil(TimeSpan.FromHours(2), lone, keeper);

        Assert.Single(lone.Hidden);
        Assert.Single(lone.Log.Of(1983));
        Assert.Empty(lone.Log.Of(1978));
    }

    [Fact]
    public async Task A_message_whose_time_has_run_out_is_not_extended_before_it_comes_again()
    {
        await using var lone = await LoneReceiver.StartAsync(fixture, time: _time);
        var (held, keeper, queue) = await Hold(lone);
        Receive(held, queue, count: 1);
        lone.Refusal = static handle => handle == "1/1" ? "MessageNotInflight" : null;

        await ExtendUntil(TimeSpan.FromHours(1), lone, keeper);
        Assert.Single(lone.Hidden);
        Assert.Single(lone.Log.Of(1978));

        Receive(held, queue, count: 2);
        await ExtendUntil(TimeSpan.FromHours(1), lone, keeper);
        Assert.InRange(lone.Hidden.Count, 11, 13);
    }

    private static async Task<(HeldMessages Held, VisibilityKeeper Keeper, StreamQueue Queue)> Hold(LoneReceiver lone)
    {
        var queue = await lone.Streams.Queues.Of(lone.Streams.Mapper.GetAllQueues().Single());
        var held = new HeldMessages(remembered: 10);
        return (held, new VisibilityKeeper(lone.Streams, held, queue.Name), queue);
    }

    private Admission Receive(HeldMessages held, StreamQueue queue, int count) => held.Admit(
        new SqsMessage("1", $"1/{count}", "body", new Dictionary<string, string>(), new Dictionary<string, string>(), new SqsSystemAttributes(count, _time.GetUtcNow()) { All = new Dictionary<string, string>() }),
        queue,
        _time.GetUtcNow(),
        out _);

    // Returns when the last extension was, from now on.
    private async Task<TimeSpan> ExtendUntil(TimeSpan end, LoneReceiver lone, VisibilityKeeper keeper)
    {
        var last = TimeSpan.Zero;
        for (var at = TimeSpan.Zero; at < end;)
        {
            _time.Advance(s_visibility / 8);
            at += s_visibility / 8;
            var before = lone.Hidden.Count;
            await keeper.ExtendDue(s_visibility, CancellationToken.None);
            if (lone.Hidden.Count > before) last = at;
        }

        return last;
    }
}
