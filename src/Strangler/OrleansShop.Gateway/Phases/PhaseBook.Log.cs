using OrleansShop.Strangler.Phases;

namespace OrleansShop.Gateway.Phases;

internal sealed partial class PhaseBook
{
    [LoggerMessage(3500, LogLevel.Information, "Switch {Id} of {Capability} from {From} to {To} begins, asked for by {By} from {Origin}.")]
    private static partial void LogBegun(ILogger logger, long id, string capability, CapabilityPhase from, CapabilityPhase to, string by, string origin);

    [LoggerMessage(EventId = 3501, Message = "Switch {Id} of {Capability} from {From} to {To} ended: {Outcome} at step {Step}. Asked for by {By} from {Origin}. {Detail}")]
    private static partial void LogEnded(
        ILogger logger, LogLevel level, long id, string capability, CapabilityPhase from, CapabilityPhase to, SwitchOutcome outcome, SwitchStep step,
        string by, string origin, string detail);

    [LoggerMessage(3502, LogLevel.Warning, "Switch {Id} of {Capability} from {From} to {To} was interrupted by the end of the gateway's process.")]
    private static partial void LogInterrupted(ILogger logger, long id, string capability, CapabilityPhase from, CapabilityPhase to);

    [LoggerMessage(3503, LogLevel.Warning, "Switch {Id}: {Capability} falls back from {From} to the monolith. {Detail}")]
    private static partial void LogFellBack(ILogger logger, long id, string capability, CapabilityPhase from, string detail);

    [LoggerMessage(3504, LogLevel.Error, "The end of a failed switch could not be written down.")]
    private static partial void LogUnwritable(ILogger logger, Exception exception);

    [LoggerMessage(3505, LogLevel.Information, "{Capability} is in the phase {Phase} at {Percent} %, its lists are at {Lists}, says its service in epoch {Epoch}.")]
    private static partial void LogFollowed(ILogger logger, string capability, CapabilityPhase phase, int percent, ListSide lists, long epoch);
}
