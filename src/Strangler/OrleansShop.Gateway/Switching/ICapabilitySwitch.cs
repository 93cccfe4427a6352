using OrleansShop.Gateway.Phases;
using OrleansShop.Strangler.Capabilities;

namespace OrleansShop.Gateway.Switching;

/// <summary>
/// The way a capability changes its phase. The seam where moving entity by entity under traffic takes the place of <see cref="CopyOnceSwitch"/>,
/// which holds writes for the time of a copy.
/// </summary>
internal interface ICapabilitySwitch
{
    /// <summary>Carries a switch out, or leaves everything as it was. Does not throw for anything that a service or the network does.</summary>
    /// <param name="running">The record of the switch, written down already.</param>
    /// <param name="capability">The capability to switch.</param>
    /// <param name="stopping">The gateway is stopping: give the switch up.</param>
    /// <returns>The ended record.</returns>
    Task<SwitchRecord> RunAsync(SwitchRecord running, CapabilityManifest capability, CancellationToken stopping);
}
