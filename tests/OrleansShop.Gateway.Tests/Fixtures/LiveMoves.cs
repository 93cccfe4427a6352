using Microsoft.Extensions.DependencyInjection;
using OrleansShop.Gateway.Phases;
using OrleansShop.Strangler.Ownership;
using OrleansShop.Strangler.Phases;

namespace OrleansShop.Gateway.Tests.Fixtures;

/// <summary>Moves capabilities as their services would, and waits until the gateway goes along.</summary>
internal static class LiveMoves
{
    public static PhaseRecord Standing(this TestGateway gateway, string capability) => gateway.App.Services.GetRequiredService<PhaseBook>().Current.Phases[capability];

    /// <summary>Has a service stand elsewhere, and waits until the gateway knows.</summary>
    public static async Task MoveAsync(this Clinic clinic, string capability, CapabilityPhase phase, int percent = 0, ListSide lists = ListSide.Monolith)
    {
        clinic.Services[capability].MoveTo(phase, percent, lists);
        await Eventually.Holds(
            () => Task.FromResult(clinic.Gateway.Standing(capability) is var known && known.Phase == phase && known.Percent == percent && known.Lists == lists),
            $"the gateway knows that {capability} is in {phase}");
    }

    /// <summary>Has a service own all of its capability, lists included.</summary>
    public static Task ToGrainsAsync(this Clinic clinic, string capability) => clinic.MoveAsync(capability, CapabilityPhase.Grains, lists: ListSide.Grains);

    /// <summary>Has the monolith own all of a capability.</summary>
    public static Task ToMonolithAsync(this Clinic clinic, string capability) => clinic.MoveAsync(capability, CapabilityPhase.Monolith);

    /// <summary>The first id from 1 that belongs, or does not belong, to a share.</summary>
    public static int IdIn(string kind, int percent, bool isInShare) =>
        Enumerable.Range(1, 10_000).First(id => EntityShare.Contains(kind, $"{id}", percent) == isInShare);
}
