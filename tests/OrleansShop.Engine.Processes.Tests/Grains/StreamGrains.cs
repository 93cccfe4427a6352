using Orleans.Streams;
using OrleansShop.Engine.Processes.Tests.Silos;

namespace OrleansShop.Engine.Processes.Tests.Grains;

/// <summary>Publishes numbers in the stream with a key.</summary>
public interface IPublisherGrain : IPlacedGrain
{
    Task Publish(string stream, int number);
}

/// <summary>Takes the numbers of the stream with its key once it has subscribed, wherever it runs then.</summary>
public interface ISubscriberGrain : IPlacedGrain
{
    Task Subscribe();
}

/// <summary>Takes the numbers of the stream with its key.</summary>
public interface IImplicitSubscriberGrain : IPlacedGrain;

internal sealed class PublisherGrain : Grain, IPublisherGrain
{
    public Task<int> ProcessId() => Task.FromResult(Environment.ProcessId);

    public Task Publish(string stream, int number) => Numbers.Of(this.GetStreamProvider(SiloProgram.Streams), stream).OnNextAsync(number);
}

internal sealed class SubscriberGrain(Ledger ledger) : Grain, ISubscriberGrain
{
    private IAsyncStream<int> Stream => Numbers.Of(this.GetStreamProvider(SiloProgram.Streams), this.GetPrimaryKeyString());

    public Task<int> ProcessId() => Task.FromResult(Environment.ProcessId);

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        foreach (var handle in await Stream.GetAllSubscriptionHandles()) await handle.ResumeAsync(Take);
    }

    public Task Subscribe() => Stream.SubscribeAsync(Take);

    private Task Take(int number, StreamSequenceToken? token)
    {
        ledger.Write(Numbers.Explicit(this.GetPrimaryKeyString()), $"{number}");
        return Task.CompletedTask;
    }
}

[ImplicitStreamSubscription(Numbers.Namespace)]
internal sealed class ImplicitSubscriberGrain(Ledger ledger) : Grain, IImplicitSubscriberGrain
{
    public Task<int> ProcessId() => Task.FromResult(Environment.ProcessId);

    public override Task OnActivateAsync(CancellationToken cancellationToken) =>
        Numbers.Of(this.GetStreamProvider(SiloProgram.Streams), this.GetPrimaryKeyString()).SubscribeAsync(Take);

    private Task Take(int number, StreamSequenceToken? token)
    {
        ledger.Write(Numbers.Implicit(this.GetPrimaryKeyString()), $"{number}");
        return Task.CompletedTask;
    }
}
