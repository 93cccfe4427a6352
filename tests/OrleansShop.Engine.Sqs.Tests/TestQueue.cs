using Microsoft.Extensions.Logging.Abstractions;
using OrleansShop.Engine.Sqs.Connecting;
using OrleansShop.Engine.Sqs.Queues;
using OrleansShop.Engine.Sqs.Receiving;
using OrleansShop.Testing.Sqs;

namespace OrleansShop.Engine.Sqs.Tests;

/// <summary>A queue that no other test has, and a client for it.</summary>
internal sealed class TestQueue : IAsyncDisposable
{
    private TestQueue(SqsClient client, string name, string url) => (Client, Name, Url) = (client, name, url);

    public SqsClient Client { get; }

    public string Name { get; }

    public string Url { get; }

    public static async Task<TestQueue> CreateAsync(SqsFixture fixture, bool isFifo = false, SqsQueueAttributes? attributes = null, Action<SqsClientOptions>? configure = null)
    {
        var client = Open(await fixture.EndpointAsync(), configure);
        var name = SqsFixture.NewName("test") + (isFifo ? ".fifo" : "");
        return new TestQueue(client, name, await client.CreateQueueAsync(name, attributes));
    }

    public static SqsClient Open(string endpoint, Action<SqsClientOptions>? configure = null, TimeProvider? time = null)
    {
        var options = new SqsClientOptions { Service = endpoint, CallTimeout = TimeSpan.FromSeconds(30) };
        configure?.Invoke(options);
        return new SqsClient(options, NullLogger<SqsClient>.Instance, time ?? TimeProvider.System);
    }

    /// <summary>Receives until so many messages have come.</summary>
    public async Task<List<SqsMessage>> ReceiveAsync(int count)
    {
        List<SqsMessage> messages = [];
        for (var tries = 0; messages.Count < count && tries < 100; tries++)
        {
            messages.AddRange(await Client.ReceiveAsync(Url, new SqsReceive { Wait = TimeSpan.FromSeconds(5) }));
        }

        return messages;
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DeleteQueueAsync(Url);
        Client.Dispose();
    }
}
