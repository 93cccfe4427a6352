using System.Text.Json.Serialization;

namespace OrleansShop.Strangler.Phases;

/// <summary>Who answers for a capability. The numbers are stored: they leave room for phases in between and are never given a new meaning.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CapabilityPhase>))]
public enum CapabilityPhase
{
    /// <summary>The monolith reads and writes; what the grains hold does not count.</summary>
    Monolith = 0,

    /// <summary>The grains read and write; the monolith's rows are a copy that every write brings up to date.</summary>
    Grains = 30,
}

/// <summary>What follows from a phase.</summary>
public static class CapabilityPhases
{
    /// <summary>Whether requests of a capability in this phase go to its grain service.</summary>
    public static bool IsServedByGrains(this CapabilityPhase phase) => phase switch
    {
        CapabilityPhase.Monolith => false,
        CapabilityPhase.Grains => true,
        _ => throw new ArgumentOutOfRangeException(nameof(phase), phase, "This version does not know the phase."),
    };
}
