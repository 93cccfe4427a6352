using System.Globalization;
using Orleans.Streams;
using Orleans.Streams.Core;
using OrleansShop.Engine.Processes.Tests.Grains;

namespace OrleansShop.Engine.Processes.Tests.Events;

/// <summary>Takes the orders of the stream with its key, and writes down each that it took. It fails at random, and with some orders always. Lives in the consuming service alone.</summary>
internal interface IOrderConsumerGrain : IGrainWithStringKey;

[ImplicitStreamSubscription(Orders.Namespace)]
internal sealed class OrderConsumerGrain(Ledger ledger, ConsumerFaults faults) : Grain, IOrderConsumerGrain, IStreamSubscriptionObserver
{
    public Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) => handleFactory.Create<Order>().ResumeAsync(Take);

    private Task Take(Order order, StreamSequenceToken? token)
    {
        faults.Strike(order);
        ledger.Write(order.Stream, order.Number.ToString(CultureInfo.InvariantCulture));
        return Task.CompletedTask;
    }
}
