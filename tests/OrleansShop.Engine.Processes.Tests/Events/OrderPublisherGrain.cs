namespace OrleansShop.Engine.Processes.Tests.Events;

/// <summary>Publishes the orders of the stream with its key. Lives in the publishing service alone.</summary>
internal interface IOrderPublisherGrain : IGrainWithStringKey
{
    /// <summary>Publishes an order; completes when the queue has it.</summary>
    Task Publish(int number);
}

internal sealed class OrderPublisherGrain : Grain, IOrderPublisherGrain
{
    public Task Publish(int number)
    {
        var stream = this.GetPrimaryKeyString();
        return Orders.Of(this.GetStreamProvider(Orders.Provider), stream).OnNextAsync(new Order(stream, number));
    }
}
