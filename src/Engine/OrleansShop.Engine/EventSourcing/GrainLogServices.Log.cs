using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace OrleansShop.Engine.EventSourcing;

internal sealed partial class GrainLogServices
{
    [LoggerMessage(1790, LogLevel.Warning, "Storage failed for the log of {Grain} ({What}). It is tried again until it succeeds or the activation ends.")]
    private partial void LogStorageFailed(Exception exception, GrainId grain, string what);

    [LoggerMessage(1791, LogLevel.Warning, "{Callback} of {Grain} failed ({Where}). An event that could not be applied stays in the log without its effect on the state.")]
    private partial void LogCallbackFailed(Exception exception, GrainId grain, string callback, string where);

    [LoggerMessage(1792, LogLevel.Error, "{Grain} cannot follow its log and is deactivated. {Lost} events that it had raised and that were not confirmed are lost.")]
    private partial void LogBroken(Exception exception, GrainId grain, int lost);

    [LoggerMessage(1793, LogLevel.Error, "The log of {Grain}: {Message}")]
    private partial void LogProtocolError(GrainId grain, string message);

    [LoggerMessage(EventId = 1794, Message = "The log of {Grain}: {Message}")]
    private partial void LogMessage(LogLevel level, GrainId grain, string message);
}
