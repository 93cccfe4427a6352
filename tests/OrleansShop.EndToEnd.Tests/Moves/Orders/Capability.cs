using System.Text.Json.Nodes;

namespace OrleansShop.EndToEnd.Tests.Moves.Orders;

/// <summary>How a capability stands, as a gateway says.</summary>
/// <param name="Phase">The phase.</param>
/// <param name="Percent">The share in Canary.</param>
/// <param name="Lists">Where lists come from.</param>
/// <param name="IsPaused">Whether the sweep stands still.</param>
/// <param name="IsSettled">Whether everything is where it is to be, as far as the last look has shown.</param>
/// <param name="OwnedByMonolith">How many entities the monolith owns; null if nobody has counted.</param>
/// <param name="OwnedByGrains">How many the grains own.</param>
/// <param name="Moved">How many entities the sweep has moved since the order.</param>
/// <param name="Answer">All that the gateway says.</param>
internal sealed record Capability(string Phase, int Percent, string Lists, bool IsPaused, bool IsSettled, long? OwnedByMonolith, long? OwnedByGrains, long Moved, string Answer)
{
    public static Capability Read(string body)
    {
        var status = JsonNode.Parse(body)!;
        var moves = status["moves"];
        return new Capability(
            status["phase"]!.ToString(),
            status["percent"]!.GetValue<int>(),
            status["lists"]!.ToString(),
            status["isPaused"]!.GetValue<bool>(),
            status["isAnnounced"]!.GetValue<bool>() && moves?["activity"]?.ToString() is null or "Settled",
            moves?["ownedByMonolith"]?.GetValue<long>(),
            moves?["ownedByGrains"]?.GetValue<long>(),
            moves?["moved"]?.GetValue<long>() ?? 0,
            body);
    }
}
