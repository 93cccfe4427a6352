using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OrleansShop.Engine.Sqs.Streams;
using OrleansShop.Testing.Faults;
using OrleansShop.Testing.Sqs;
using OrleansShop.Testing.Waiting;
using Xunit;

namespace OrleansShop.Engine.Sqs.Tests.Streams;

/// <summary>Events from publishers to subscribers, with nothing in the way.</summary>
public sealed class PublishTests(SqsFixture fixture)
{
    private readonly string _name = Guid.NewGuid().ToString("N");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_event_goes_through_the_queue_to_its_subscriber_and_is_deleted(bool isFifo)
    {
        await using var cluster = await StreamCluster.StartAsync(fixture, new StreamClusterPlan { IsFifo = isFifo });
        var stream = StreamId.Create("explicit", _name);
        await cluster.Subscribe(_name, stream);

        for (var i = 0; i < 20; i++) await cluster.Stream(stream).OnNextAsync($"{i}");

        await Inbox.Has(_name, 20);
        Assert.Equal(Enumerable.Range(0, 20).Select(static i => $"{i}"), Inbox.Of(_name));
        await Eventually.Holds(() => cluster.IsEmpty(0), "the queue is empty");
        Assert.True(await cluster.IsEmpty(0, isDead: true));
    }

    [Theory]
    [InlineData("""{"payload":"PAYLOAD"}""")]
    [InlineData(""" { "note": [1], "payload" : "PAYLOAD" } """)]
    public async Task A_body_in_the_usual_form_is_read_however_its_JSON_is_written(string form)
    {
        await using var cluster = await StreamCluster.StartAsync(fixture);
        var stream = StreamId.Create("explicit", _name);
        await cluster.Subscribe(_name, stream);
        var sent = cluster.Cluster.Silos[0].ServiceProvider.GetRequiredKeyedService<SqsStreams>(StreamCluster.Provider).ToSend<string>(stream, ["event"], token: null, requestContext: null, eventId: null);
        using var json = JsonDocument.Parse(sent.Body);
        var written = form.Replace("PAYLOAD", json.RootElement.GetProperty("payload").GetString(), StringComparison.Ordinal);

        await cluster.Sqs.SendAsync(await cluster.QueueUrl(0), sent with { Body = written });

        await Inbox.Has(_name, 1);
        Assert.Equal(["event"], Inbox.Of(_name));
        await Eventually.Holds(() => cluster.IsEmpty(0), "the queue is empty");
    }

    [Fact]
    public async Task Every_subscription_of_every_kind_gets_every_event_over_three_silos()
    {
        await using var cluster = await StreamCluster.StartAsync(fixture, new StreamClusterPlan { Silos = 3, QueueCount = 4 });
        var names = Enumerable.Range(0, 6).Select(i => $"{_name}-{i}").ToList();
        foreach (var name in names)
        {
            await cluster.Subscribe(name, StreamId.Create("implicit", name));
            await cluster.Subscribe($"other-{name}", StreamId.Create("implicit", name));
        }

        await Task.WhenAll(names.Select(async name =>
        {
            for (var i = 0; i < 10; i++) await cluster.Stream(StreamId.Create("implicit", name)).OnNextAsync($"{i}");
        }));

        foreach (var inbox in names.SelectMany(static name => new[] { name, $"other-{name}", $"first-{name}", $"second-{name}" }))
        {
            await Inbox.Has(inbox, 10);
            Assert.Equal(Enumerable.Range(0, 10).Select(static i => $"{i}"), Inbox.Of(inbox).Order(StringComparer.Ordinal));
        }

        for (var queue = 0; queue < 4; queue++) await Eventually.Holds(() => cluster.IsEmpty(queue), $"queue {queue} is empty");
    }

    [Fact]
    public async Task The_end_of_a_stream_errors_and_batches_travel_with_the_events()
    {
        await using var cluster = await StreamCluster.StartAsync(fixture, new StreamClusterPlan { IsFifo = true });
        var stream = cluster.Stream(StreamId.Create("explicit", _name));
        await cluster.Subscribe(_name, stream.StreamId);

        await stream.OnNextBatchAsync(["one", "two"]);
        await stream.OnErrorAsync(new InvalidDataException("broken"));
        await stream.OnCompletedAsync();

        await Inbox.Has(_name, 4);
        Assert.Equal(["one", "two", "error:InvalidDataException", "completed"], Inbox.Of(_name));
    }

    [Fact]
    public async Task What_is_published_at_the_same_time_leaves_together()
    {
        await using var proxy = await FaultProxy.StartAsync(await fixture.EndpointAsync());
        await using var cluster = await StreamCluster.StartAsync(fixture, new StreamClusterPlan { Endpoint = proxy.Endpoint });
        var stream = cluster.Stream(StreamId.Create("explicit", _name));
        await cluster.Subscribe(_name, stream.StreamId);

        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => stream.OnNextAsync($"{i}")));

        await Inbox.Has(_name, 200);
        await Eventually.Holds(() => cluster.IsEmpty(0), "the queue is empty");
        var sends = proxy.Calls.GetValueOrDefault("SendMessage") + proxy.Calls.GetValueOrDefault("SendMessageBatch");
        Assert.InRange(sends, 20, 100);
        Assert.InRange(proxy.Calls["DeleteMessageBatch"], 20, 199);
    }

    [Fact]
    public async Task A_token_is_refused_because_the_queue_cannot_go_back()
    {
        await using var cluster = await StreamCluster.StartAsync(fixture);
        var stream = cluster.Stream(StreamId.Create("explicit", _name));

        await Assert.ThrowsAsync<ArgumentException>(() => stream.OnNextAsync("item", new Orleans.Providers.Streams.Common.EventSequenceTokenV2(1)));
        Assert.False(stream.IsRewindable);
    }
}
