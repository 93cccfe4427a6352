using System.Collections.Immutable;

namespace OrleansShop.Gateway.Forwarding;

/// <summary>The monolith or a service: one or several equal processes.</summary>
internal sealed class Backend(string name, ImmutableArray<Destination> destinations)
{
    /// <summary>Attempts are remembered in a 64-bit set.</summary>
    public const int MaxDestinations = 64;

    /// <summary>Every destination is as good as any other.</summary>
    public const int NonePreferred = -1;

    private uint _turn;

    /// <summary>Its name in messages and metrics.</summary>
    public string Name { get; } = name;

    public ImmutableArray<Destination> Destinations { get; } = destinations;

    /// <summary>
    /// Picks a destination that has not been tried for this request: a ready one with the fewest requests in flight, equals in turn.
    /// When none is ready the others are tried all the same: the last health answer may be old, and a refusal costs little.
    /// </summary>
    /// <param name="tried">The destinations that this request has tried; the picked one is added.</param>
    /// <param name="preferred">The index of the destination to pick if it is ready; <see cref="NonePreferred"/> for any.</param>
    /// <returns>The destination, or null when all have been tried.</returns>
    public Destination? Pick(ref ulong tried, int preferred = NonePreferred)
    {
        if (preferred != NonePreferred && (tried & (1UL << preferred)) == 0 && Destinations[preferred].IsReady)
        {
            tried |= 1UL << preferred;
            return Destinations[preferred];
        }

        var count = Destinations.Length;
        var start = count == 1 ? 0 : (int)(Interlocked.Increment(ref _turn) % (uint)count);
        var best = -1;
        for (var step = 0; step < count; step++)
        {
            var index = (start + step) % count;
            if ((tried & (1UL << index)) == 0 && (best < 0 || IsBetter(Destinations[index], Destinations[best])))
            {
                best = index;
            }
        }

        if (best < 0)
        {
            return null;
        }

        tried |= 1UL << best;
        return Destinations[best];
    }

    private static bool IsBetter(Destination candidate, Destination best) =>
        candidate.IsReady == best.IsReady ? candidate.InFlight < best.InFlight : candidate.IsReady;
}
