using OrleansShop.Testing.Sqs;
using OrleansShop.Testing.Time;
using OrleansShop.Testing.Waiting;
using Xunit;

namespace OrleansShop.Engine.Sqs.Tests.Streams.Receiving;

/// <summary>What a receiver does with answers that the emulator does not give.</summary>
public sealed class SqsReceiverTests(SqsFixture fixture)
{
    private readonly TaskCompletionSource _now = new();

    [Fact]
    public async Task Behind_a_message_that_cannot_be_taken_its_group_waits_and_no_other()
    {
        await using var s3 = await ClosableWay.OpenAsync(await fixture.EndpointAsync());
        var payload = await StoredPayload.StoreAsync(s3.Endpoint);
        await using var lone = await LoneReceiver.StartAsync(fixture, configure: payload.Configure);
        await s3.CloseAsync();
        lone.Give(Task.CompletedTask, new("first", "a"), new("away", "a") { Payload = payload }, new("behind", "a"), new("other", "b"));
        lone.Give(Task.CompletedTask, new("late", "a"), new("other too", "b"));

        Assert.Equal(["first", "other", "other too"], await lone.Pull(3));
        s3.Open();

        Assert.Equal([payload.Text, "behind", "late"], await lone.Pull(3));
        Assert.Empty(lone.Hidden);
        Assert.NotEmpty(lone.Log.Of(1980));
    }

    [Fact]
    public async Task On_standard_queues_a_message_that_cannot_be_taken_holds_back_no_other()
    {
        await using var s3 = await ClosableWay.OpenAsync(await fixture.EndpointAsync());
        var payload = await StoredPayload.StoreAsync(s3.Endpoint);
        await using var lone = await LoneReceiver.StartAsync(fixture, isFifo: false, configure: payload.Configure);
        await s3.CloseAsync();
        lone.Give(Task.CompletedTask, new("first", "a"), new("away", "a") { Payload = payload }, new("away too", "a") { Payload = payload }, new("behind", "a"));

        Assert.Equal(["first", "behind"], await lone.Pull(2));
        s3.Open();

        Assert.Equal([payload.Text, payload.Text], await lone.Pull(2));
        Assert.Empty(lone.Hidden);
    }

    [Fact]
    public async Task What_cannot_be_taken_is_given_back_at_a_stop_with_what_waits_behind_it()
    {
        await using var s3 = await ClosableWay.OpenAsync(await fixture.EndpointAsync());
        var payload = await StoredPayload.StoreAsync(s3.Endpoint);
        await using var lone = await LoneReceiver.StartAsync(fixture, configure: payload.Configure);
        await s3.CloseAsync();
        lone.Give(Task.CompletedTask, new("away", "a") { Payload = payload }, new("behind", "a"), new("other", "b"));
        await lone.Pull(1);

        await lone.Stop();

        Assert.Equal([("other/1", 0), ("behind/1", 0), ("away/1", 0)], lone.Hidden);
    }

    [Fact]
    public async Task A_stop_does_not_wait_for_a_receive_and_what_that_gets_is_given_back_the_later_first()
    {
        await using var lone = await LoneReceiver.StartAsync(fixture);
        lone.Give(_now.Task, new("1", "a"), new("2", "a"), new("3", "a"));
        lone.Ask();
        await Eventually.Holds(() => lone.Receives.Count == 1, "it receives");

        await lone.Stop();
        Assert.Equal(1, lone.Streams.LastCalls.Count);
        Assert.Empty(lone.Hidden);
        _now.SetResult();

        await Eventually.Holds(() => lone.Streams.LastCalls.Count == 0, "the last receive has ended");
        Assert.Equal([("3/1", 0), ("2/1", 0), ("1/1", 0)], lone.Hidden);
        Assert.Single(lone.Receives);
    }

    [Fact]
    public async Task What_is_not_delivered_is_given_back_once_although_a_last_receive_gives_back_too()
    {
        await using var lone = await LoneReceiver.StartAsync(fixture);
        lone.Give(Task.CompletedTask, new("1", "a"), new("2", "a"));
        lone.Give(_now.Task, new ScriptedMessage("3", "b"));
        await lone.Pull(2);
        await Eventually.Holds(() => lone.Receives.Count == 2, "it receives again");

        await lone.Stop();
        Assert.Equal([("2/1", 0), ("1/1", 0)], lone.Hidden);
        _now.SetResult();

        await Eventually.Holds(() => lone.Streams.LastCalls.Count == 0, "the last receive has ended");
        Assert.Equal([("2/1", 0), ("1/1", 0), ("3/1", 0)], lone.Hidden);
    }

    [Fact]
    public async Task The_lost_answer_of_a_last_receive_of_a_FIFO_queue_is_asked_for_again_without_waiting()
    {
        await using var lone = await LoneReceiver.StartAsync(fixture);
        lone.Lose(_now.Task);
        lone.Give(Task.CompletedTask, new ScriptedMessage("1", "a"));
        await StopWhileItReceives(lone);

        await Eventually.Holds(() => lone.Streams.LastCalls.Count == 0, "the last receive has ended");
        Assert.Equal([("1/1", 0)], lone.Hidden);
        Assert.Equal(2, lone.Receives.Count);
        Assert.Contains("\"WaitTimeSeconds\":1", lone.Receives[0], StringComparison.Ordinal);
        Assert.Contains("\"WaitTimeSeconds\":0", lone.Receives[1], StringComparison.Ordinal);
        Assert.Equal(AttemptOf(lone.Receives[0]), AttemptOf(lone.Receives[1]));
    }

    [Fact]
    public async Task The_lost_answer_of_a_last_receive_of_a_standard_queue_is_reported_and_nothing_is_received_any_more()
    {
        await using var lone = await LoneReceiver.StartAsync(fixture, isFifo: false);
        lone.Lose(_now.Task);
        await StopWhileItReceives(lone);

        await Eventually.Holds(() => lone.Streams.LastCalls.Count == 0, "the last receive has ended");
        Assert.Single(lone.Receives);
        Assert.Single(lone.Log.Of(1984));
    }

    [Fact]
    public async Task Receives_that_do_not_wait_are_a_pause_apart()
    {
        var time = new ManualTimeProvider();
        await using var lone = await LoneReceiver.StartAsync(fixture, waitSeconds: 0, time: time);
        lone.Give(Task.CompletedTask);
        lone.Give(Task.CompletedTask, new ScriptedMessage("1", "a"));
        lone.Ask();
        await Eventually.Holds(() => lone.Receives.Count == 1, "it receives");
        await Task.Delay(TimeSpan.FromMilliseconds(300));
        Assert.Single(lone.Receives);

        time.Advance(lone.Streams.RestAfterNothing);

        await Eventually.Holds(() => lone.Receives.Count > 1, "it receives again");
    }

    private async Task StopWhileItReceives(LoneReceiver lone)
    {
        lone.Ask();
        await Eventually.Holds(() => lone.Receives.Count == 1, "it receives");
        await lone.Stop();
        _now.SetResult();
    }

    private static string AttemptOf(string receive)
    {
        using var json = System.Text.Json.JsonDocument.Parse(receive);
        return json.RootElement.GetProperty("ReceiveRequestAttemptId").GetString()!;
    }
}
