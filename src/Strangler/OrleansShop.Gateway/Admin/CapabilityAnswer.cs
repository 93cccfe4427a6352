using OrleansShop.Strangler.Phases;

namespace OrleansShop.Gateway.Admin;

/// <summary>What the gateway knows of all capabilities.</summary>
/// <param name="Capabilities">Each capability, by name.</param>
/// <param name="Monolith">The monolith's processes.</param>
internal sealed record CapabilitiesAnswer(IReadOnlyList<CapabilityAnswer> Capabilities, IReadOnlyList<ProcessAnswer> Monolith);

/// <summary>How a capability stands, by what this gateway has heard.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Phase">How far it has moved.</param>
/// <param name="Percent">In Canary: the share of the entities that the grains are to own, from 0 to 100.</param>
/// <param name="Lists">Where lists are answered from.</param>
/// <param name="Epoch">How many orders have changed it.</param>
/// <param name="Since">Since when it is in its phase, in UTC.</param>
/// <param name="Service">Its grain service.</param>
internal sealed record CapabilityAnswer(string Name, CapabilityPhase Phase, int Percent, ListSide Lists, long Epoch, DateTimeOffset Since, ServiceAnswer Service);

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
