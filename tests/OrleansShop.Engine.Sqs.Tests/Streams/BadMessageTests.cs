using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OrleansShop.Engine.Sqs.Sending;
using OrleansShop.Engine.Sqs.Streams;
using OrleansShop.Engine.Sqs.Streams.Adapting;
using OrleansShop.Engine.Streams.DeadLetters;
using OrleansShop.Testing.Sqs;
using OrleansShop.Testing.Waiting;
using Xunit;

namespace OrleansShop.Engine.Sqs.Tests.Streams;

/// <summary>Messages that no agent can read go to the dead letters, and hold up nothing.</summary>
public sealed class BadMessageTests(SqsFixture fixture)
{
    private readonly string _name = Guid.NewGuid().ToString("N");

    private StreamId Stream => StreamId.Create("explicit", _name);

    [Theory]
    [InlineData("not ours", null, "schema-version")]
    [InlineData("not ours", "1", "no JSON")]
    [InlineData("""{"payload":"AAEC"}""", "2", "\"2\"")]
    [InlineData("""{"payload":"AAE"}""", "1", "Base64")]
    [InlineData("""{"payload":"AAEC"}""", "1", "payload")]
    [InlineData("""{"other":"AAEC"}""", "1", "payload")]
    [InlineData("""{"payload":"AA""", "1", "no JSON")]
    [InlineData("""{"payload":"}""", "1", "no JSON")]
    public async Task A_message_that_cannot_be_read_is_a_dead_letter_that_says_why(string body, string? version, string why)
    {
        await using var cluster = await StreamCluster.StartAsync(fixture, new StreamClusterPlan { IsFifo = true });
        await cluster.Subscribe(_name, Stream);
        var attributes = new Dictionary<string, string>();
        if (version is not null) attributes[AttributeNames.Schema] = version;

        // In the group of a stream that goes on.
        await cluster.Sqs.SendAsync(await cluster.QueueUrl(0), new SqsOutgoing(body) { Attributes = attributes, GroupId = StreamMessages.GroupOf(Stream), DeduplicationId = "bad" });
        await cluster.Stream(Stream).OnNextAsync("good");

        await Inbox.Has(_name, 1);
        var letter = Assert.Single((await cluster.DeadLetters.ListAsync(DeadLetterFilter.All, after: null, limit: 10, CancellationToken.None)).Letters);
        Assert.Contains(why, letter.Reason.ExceptionMessage, StringComparison.Ordinal);
        Assert.Equal(body, (await cluster.DeadLetters.FindAsync(letter.Id, CancellationToken.None))!.Payload!.Text);
        await Eventually.Holds(() => cluster.IsEmpty(0), "the queue is empty");
    }

    [Fact]
    public async Task A_cut_message_of_our_own_is_a_dead_letter()
    {
        await using var cluster = await StreamCluster.StartAsync(fixture);
        await cluster.Subscribe(_name, Stream);
        var streams = cluster.Cluster.Silos[0].ServiceProvider.GetRequiredKeyedService<SqsStreams>(StreamCluster.Provider);
        var body = streams.ToSend<string>(Stream, ["event"], token: null, requestContext: null, eventId: null).Body;
        using var json = JsonDocument.Parse(body);
        var half = json.RootElement.GetProperty("payload").GetBytesFromBase64()[..^5];

        await cluster.Sqs.SendAsync(await cluster.QueueUrl(0), new SqsOutgoing($$"""{"payload":"{{Convert.ToBase64String(half)}}"}""") { Attributes = new Dictionary<string, string> { [AttributeNames.Schema] = "1" } });
        await cluster.Stream(Stream).OnNextAsync("good");

        await Eventually.Holds(() => Inbox.Of(_name).Contains("good"), "the good event came");
        var letters = await cluster.ReceiveDead(0, count: 1);
        Assert.Contains("was cut", Assert.Single(letters).Attributes[AttributeNames.Exception], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_foreign_message_keeps_its_attributes_as_a_dead_letter()
    {
        await using var cluster = await StreamCluster.StartAsync(fixture);

        await cluster.Sqs.SendAsync(await cluster.QueueUrl(0), new SqsOutgoing("hello") { Attributes = new Dictionary<string, string> { ["colour"] = "green" } });

        var letter = Assert.Single(await cluster.ReceiveDead(0, count: 1));
        Assert.Equal(("hello", "green"), (letter.Body, letter.Attributes["colour"]));
    }
}
