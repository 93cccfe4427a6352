using System.Text.Json.Serialization;
using OrleansShop.Strangler.Phases;

namespace OrleansShop.Gateway.Admin;

/// <summary>What the gateway knows of all capabilities.</summary>
/// <param name="Capabilities">Each capability, by name.</param>
/// <param name="Monolith">The monolith's processes.</param>
internal sealed record CapabilitiesAnswer(IReadOnlyList<CapabilityAnswer> Capabilities, IReadOnlyList<ProcessAnswer> Monolith);

/// <summary>How a capability stands.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Phase">Who answers for it.</param>
/// <param name="State">Whether it is being moved.</param>
/// <param name="Since">Since when it is in its phase, in UTC.</param>
/// <param name="Service">Its grain service.</param>
/// <param name="WritesHeld">Whether its writes are answered 503 now.</param>
/// <param name="WritesInFlight">How many of its writes are on their way.</param>
/// <param name="LastSwitch">The last switch that ended, or null.</param>
internal sealed record CapabilityAnswer(
    string Name,
    CapabilityPhase Phase,
    CapabilityState State,
    DateTimeOffset Since,
    ServiceAnswer Service,
    bool WritesHeld,
    int WritesInFlight,
    SwitchAnswer? LastSwitch);

/// <summary>Whether a capability is being moved.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CapabilityState>))]
internal enum CapabilityState
{
    /// <summary>Gateway and service agree on the phase.</summary>
    Steady,

    /// <summary>A switch is running.</summary>
    Switching,

    /// <summary>Gateway and service have not agreed on the phase yet. Requests are served by the gateway's.</summary>
    Settling,
}

/// <summary>A grain service.</summary>
/// <param name="Phase">The phase that it says the capability is in; null when it does not answer.</param>
/// <param name="Problem">Why it does not answer; null when it does.</param>
/// <param name="Processes">Its processes.</param>
internal sealed record ServiceAnswer(CapabilityPhase? Phase, string? Problem, IReadOnlyList<ProcessAnswer> Processes);

/// <summary>One process behind the gateway.</summary>
/// <param name="Address">Where it listens.</param>
/// <param name="Ready">Whether it wanted requests when it was last asked.</param>
/// <param name="InFlight">How many of this gateway's requests it is working on.</param>
internal sealed record ProcessAnswer(string Address, bool Ready, int InFlight);
