using System.Text.Json.Serialization;

namespace OrleansShop.Strangler.Phases;

/// <summary>How far a capability has moved. The numbers are stored and never given a new meaning.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CapabilityPhase>))]
public enum CapabilityPhase
{
    /// <summary>The monolith reads and writes. Its database has no ledger of the capability.</summary>
    Monolith = 0,

    /// <summary>The monolith reads and writes; the grains hold copies that follow its changes, and a sample of the reads is answered by both and compared.</summary>
    Shadow = 10,

    /// <summary>A share of the entities is owned by grains, the others by the monolith.</summary>
    Canary = 20,

    /// <summary>The grains read and write; the monolith's rows are a copy that every write brings up to date.</summary>
    Grains = 30,

    /// <summary>The grains read and write; the monolith's rows are left as they were. There is no way back but a fresh import.</summary>
    Retired = 40,
}

/// <summary>What follows from a phase.</summary>
public static class CapabilityPhases
{
    /// <summary>Whether the requests of a capability in this phase all go to its grain service.</summary>
    public static bool IsServedByGrains(this CapabilityPhase phase) => phase switch
    {
        CapabilityPhase.Monolith or CapabilityPhase.Shadow or CapabilityPhase.Canary => false,
        CapabilityPhase.Grains or CapabilityPhase.Retired => true,
        _ => throw new ArgumentOutOfRangeException(nameof(phase), phase, "This version does not know the phase."),
    };

    /// <summary>Whether the grains may own entities of a capability in this phase, so that the monolith's own cascade could meet a fence.</summary>
    public static bool MayOwnEntities(this CapabilityPhase phase) => phase switch
    {
        CapabilityPhase.Monolith or CapabilityPhase.Shadow => false,
        CapabilityPhase.Canary or CapabilityPhase.Grains or CapabilityPhase.Retired => true,
        _ => throw new ArgumentOutOfRangeException(nameof(phase), phase, "This version does not know the phase."),
    };
}
