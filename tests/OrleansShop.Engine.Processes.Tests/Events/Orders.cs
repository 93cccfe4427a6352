using Orleans.Streams;

namespace OrleansShop.Engine.Processes.Tests.Events;

/// <summary>The events that one service publishes and another takes: each stream's orders are numbered from 0.</summary>
internal static class Orders
{
    public const string Provider = "events";
    public const string Namespace = "orders";

    /// <summary>An order of this number can be taken by nobody until the fault in the consumer is mended.</summary>
    private const int PoisonNumber = 100;

    public static IAsyncStream<Order> Of(IStreamProvider provider, string key) => provider.GetStream<Order>(StreamId.Create(Namespace, key));

    /// <summary>Every tenth stream has one.</summary>
    public static bool IsPoison(string stream, int number) => number == PoisonNumber && int.Parse(stream, System.Globalization.CultureInfo.InvariantCulture) % 10 == 0;
}
