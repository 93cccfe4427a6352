using OrleansShop.Strangler.Phases;

namespace OrleansShop.Gateway.Phases;

internal sealed partial class PhaseBook
{
    [LoggerMessage(3505, LogLevel.Information, "{Capability} is in the phase {Phase} at {Percent} %, its lists are at {Lists}, says its service in epoch {Epoch}.")]
    private static partial void LogFollowed(ILogger logger, string capability, CapabilityPhase phase, int percent, ListSide lists, long epoch);
}
