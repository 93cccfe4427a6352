using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace OrleansShop.Engine.Client;

internal sealed partial class ClientViews
{
    [LoggerMessage(1600, LogLevel.Debug, "At view {Version}: {Active} silos are active")]
    private partial void LogEntering(long version, int active);

    [LoggerMessage(1601, LogLevel.Warning, "Silo {Silo} is gone: {Proof}")]
    private partial void LogGone(SiloAddress silo, string proof);

    [LoggerMessage(1602, LogLevel.Error, "A step of carrying out a view has failed")]
    private partial void LogStepFailed(Exception cause);
}
