using Microsoft.Extensions.Logging;
using OrleansShop.Strangler.Phases;

namespace OrleansShop.Strangler.Switching;

internal sealed partial class CapabilitySwitch
{
    [LoggerMessage(3000, LogLevel.Information, "Switching {Capability} to {Target}: attempt {Attempt}, asked for by {By}.")]
    private static partial void LogBegun(ILogger logger, string capability, CapabilityPhase target, long attempt, string by);

    [LoggerMessage(3001, LogLevel.Information, "{Capability} is in the phase {Phase}, epoch {Epoch}. {Detail}")]
    private static partial void LogEnded(ILogger logger, string capability, CapabilityPhase phase, long epoch, string detail);

    [LoggerMessage(3002, LogLevel.Warning, "Attempt {Attempt} to switch {Capability} failed; the phase is as it was.")]
    private static partial void LogFailed(ILogger logger, string capability, long attempt, Exception failure);

    [LoggerMessage(3003, LogLevel.Warning, "The end of attempt {Attempt} to switch {Capability} could not be stored; it will count as abandoned.")]
    private static partial void LogEndNotStored(ILogger logger, string capability, long attempt, Exception failure);

    [LoggerMessage(3004, LogLevel.Information, "Deleting {Count} entities of the kind {Kind} that the grains of {Capability} do not have from the monolith.")]
    private static partial void LogDeleting(ILogger logger, string capability, string kind, int count);
}
