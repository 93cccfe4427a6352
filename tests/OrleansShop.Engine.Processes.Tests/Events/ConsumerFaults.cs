namespace OrleansShop.Engine.Processes.Tests.Events;

/// <summary>Why a consumer fails: one delivery in twenty for no reason, and one with a poisonous order until the fault is mended, which a file says.</summary>
/// <param name="folder">Where that file is.</param>
/// <param name="seed">Of the random failures.</param>
internal sealed class ConsumerFaults(string folder, int seed)
{
    private const double Rate = 0.05;

    private readonly Lock _gate = new();
    private readonly Random _random = new(seed);

    /// <exception cref="InvalidOperationException">This time.</exception>
    /// <exception cref="NotSupportedException">The order is poisonous.</exception>
    public void Strike(Order order)
    {
        if (Orders.IsPoison(order.Stream, order.Number) && !File.Exists(MendedFile(folder))) throw new NotSupportedException($"Order {order.Number} of stream {order.Stream} has a sum that is no number.");
        lock (_gate)
        {
            if (_random.NextDouble() < Rate) throw new InvalidOperationException("The warehouse is not there this time.");
        }
    }

    public static void Mend(string folder) => File.WriteAllText(MendedFile(folder), "");

    private static string MendedFile(string folder) => Path.Combine(folder, "mended");
}
