using System.Globalization;
using OrleansShop.Cli.Gateway;

namespace OrleansShop.Cli.Commands.Moves;

/// <summary>What a capability's service has written down of it: orders, and copies of the whole, newest first.</summary>
internal static class OrderHistory
{
    public static void Print(IReadOnlyList<TransitionAnswer> transitions, int limit, TextWriter output)
    {
        var table = TextTable.New("When", "Epoch", "Order", "Phase", "Monolith owned", "Grains owned", "By", "Detail");
        foreach (var transition in transitions.Reverse().Take(limit))
        {
            var order = transition.Order;
            table.AddText(
                TextTable.Time(transition.StartedAt),
                order is null ? "" : $"{order.Standing.Epoch}",
                order is null ? transition.Succeeded ? "copy" : "copy, failed" : string.Join(' ', Words(order.Order)),
                $"{transition.From.ToLowerInvariant()} → {transition.Target.ToLowerInvariant()}",
                Number(order?.OwnedByMonolith),
                Number(order?.OwnedByGrains),
                order is null ? transition.By : $"{transition.By} ({order.Order.Origin})",
                transition.Detail);
        }

        TextTable.On(output).Write(table);
    }

    private static IEnumerable<string> Words(OrderAnswer order)
    {
        yield return order.Kind.ToLowerInvariant();
        if (order.Percent is { } percent) yield return $"{percent} %";
        if (order.Lists is { } lists) yield return lists.ToLowerInvariant();
    }

    private static string Number(long? number) => number?.ToString("N0", CultureInfo.InvariantCulture) ?? "-";
}
