using System.Collections.Concurrent;
using Orleans.Streams;

namespace OrleansShop.Engine.Tests.Streams;

/// <summary>Collects events, and the names of errors.</summary>
internal sealed class Collect(ConcurrentQueue<string> taken, ConcurrentQueue<StreamSequenceToken>? tokens = null) : IAsyncObserver<string>
{
    public Task OnNextAsync(string item, StreamSequenceToken? token = null)
    {
        tokens?.Enqueue(token!);
        taken.Enqueue(item);
        return Task.CompletedTask;
    }

    public Task OnCompletedAsync() => Inbox.Take("completed", "completed");

    public Task OnErrorAsync(Exception ex)
    {
        taken.Enqueue($"error:{ex.GetType().Name}");
        return Task.CompletedTask;
    }
}
