using OrleansShop.Engine.Sqs;
using OrleansShop.Engine.Sqs.Receiving;
using OrleansShop.Engine.Sqs.Sending;

namespace OrleansShop.Benchmarks.Sqs;

/// <summary>Sends, receives and deletes messages of one queue with the bare client, as fast as it goes with so many under way.</summary>
internal sealed class BareQueue(SqsClient client, string url, SqsOutgoing message, int mostUnderWay)
{
    private const int Batch = 10;

    private long _sent;
    private long _done;

    public long Done => Interlocked.Read(ref _done);

    public Task RunAsync(int loops, CancellationToken ending) => Task.WhenAll(Enumerable.Range(0, loops).SelectMany(_ => new[] { Task.Run(() => SendAsync(ending), ending), Task.Run(() => ReceiveAsync(ending), ending) }));

    private async Task SendAsync(CancellationToken ending)
    {
        while (!ending.IsCancellationRequested)
        {
            if (Interlocked.Add(ref _sent, Batch) - Done > mostUnderWay)
            {
                Interlocked.Add(ref _sent, -Batch);
                await Task.Delay(1, CancellationToken.None);
                continue;
            }

            await client.SendBatchAsync(url, [.. Enumerable.Repeat(message, Batch)], CancellationToken.None);
        }
    }

    private async Task ReceiveAsync(CancellationToken ending)
    {
        while (!ending.IsCancellationRequested)
        {
            var messages = await client.ReceiveAsync(url, new SqsReceive { Wait = TimeSpan.FromSeconds(1) }, CancellationToken.None);
            if (messages.Count == 0) continue;
            await client.DeleteBatchAsync(url, [.. messages.Select(static received => received.ReceiptHandle)], CancellationToken.None);
            Interlocked.Add(ref _done, messages.Count);
        }
    }
}
