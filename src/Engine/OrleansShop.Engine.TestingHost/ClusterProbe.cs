using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using Orleans.Runtime.Placement;
using OrleansShop.Engine.Activations;
using OrleansShop.Engine.Placement;

namespace OrleansShop.Engine.TestingHost;

/// <summary>Looks into the silos of a test cluster.</summary>
internal static class ClusterProbe
{
    private static readonly TimeSpan LookPeriod = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Waits until all silos, and the client, are at one view in which exactly these silos are active and nothing is held.</summary>
    public static Task Settled(IReadOnlyList<IServiceProvider> silos, IServiceProvider? client) => Until(
        () =>
        {
            var rings = silos.Select(silo => silo.GetRequiredService<RingHolder>().Current).ToList();
            var expected = silos.Select(AddressOf).Order().ToList();
            return rings.All(ring => ring.View.Active.Select(row => row.Silo).SequenceEqual(expected)
                    && ring.Hostings.All(hosting => hosting.Value.Held.IsEmpty))
                && (client is null || rings.Count == 0 || client.GetRequiredService<RingHolder>().Current.View.Version >= rings.Max(ring => ring.View.Version));
        },
        "The silos did not agree on a view.");

    /// <summary>The activation of a grain, on whichever silo it is.</summary>
    public static bool TryFind(IEnumerable<IServiceProvider> silos, GrainId grain, [NotNullWhen(true)] out Activation? activation)
    {
        activation = silos.Select(silo => silo.GetRequiredService<ActivationCatalog>().Find(grain)).FirstOrDefault(found => found is not null);
        return activation is not null;
    }

    /// <summary>Ends the activation of a grain, if there is one, and waits for its end.</summary>
    public static async Task Deactivate(IEnumerable<IServiceProvider> silos, GrainId grain)
    {
        if (!TryFind(silos, grain, out var activation))
            return;
        activation.Deactivate(new DeactivationReason(DeactivationReasonCode.RuntimeRequested, "The test asks for it."), CancellationToken.None);
        await activation.Deactivated.WaitAsync(Patience);
    }

    /// <summary>Moves the activation of a grain to another silo, and waits until it has left its own.</summary>
    public static async Task Migrate(IReadOnlyList<IServiceProvider> silos, GrainId grain, SiloAddress? target)
    {
        if (!TryFind(silos, grain, out var activation))
            throw new InvalidOperationException($"Grain {grain} has no activation that could move. Call it first.");
        var here = activation.Address.SiloAddress!;
        var to = target ?? silos.Select(AddressOf).FirstOrDefault(silo => !silo.Equals(here) && Hosts(silos, silo, grain))
            ?? throw new InvalidOperationException($"Grain {grain} cannot move: only {here} hosts its class.");
        if (to.Equals(here))
            return;
        if (!Hosts(silos, to, grain))
            throw new ArgumentException($"Grain {grain} cannot move to {to}, which hosts no grains of its class or is not active.", nameof(target));
        activation.Migrate(new(StringComparer.Ordinal) { [IPlacementDirector.PlacementHintKey] = to });
        await activation.Deactivated.WaitAsync(Patience);
    }

    /// <summary>Waits until a grain has no activation.</summary>
    public static Task Deactivated(IReadOnlyList<IServiceProvider> silos, GrainId grain) =>
        Until(() => !TryFind(silos, grain, out _), $"Grain {grain} was not deactivated.");

    private static SiloAddress AddressOf(IServiceProvider silo) => silo.GetRequiredService<ILocalSiloDetails>().SiloAddress;

    private static bool Hosts(IReadOnlyList<IServiceProvider> silos, SiloAddress silo, GrainId grain) =>
        silos[0].GetRequiredService<RingHolder>().Current.Find(grain.Type)?.Silos.Contains(silo) == true;

    private static async Task Until(Func<bool> condition, string otherwise)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            if (TimeProvider.System.GetElapsedTime(since) > Patience)
                throw new TimeoutException($"{otherwise} This was waited for: {Patience.TotalSeconds} s.");
            await Task.Delay(LookPeriod, TimeProvider.System);
        }
    }
}
