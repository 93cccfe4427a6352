using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace OrleansShop.Engine.Membership;

internal sealed partial class ViewTableWatch
{
    [LoggerMessage(1550, LogLevel.Information, "Silo {Silo} is {Status} from view {Version} on")]
    private partial void LogWritten(SiloAddress silo, SiloStatus status, long version);

    [LoggerMessage(1551, LogLevel.Warning, "Declaring silo {Silo} dead: {Proof}")]
    private partial void LogDeclaring(SiloAddress silo, string proof);

    [LoggerMessage(1552, LogLevel.Critical,
        "This silo, {Silo}, has been declared dead by the others and stops. It was paused or cut off for longer than ClusteringOptions.DeadAfter")]
    private partial void LogDeclaredDead(SiloAddress silo);

    [LoggerMessage(1553, LogLevel.Error, "The membership table cannot be read or written; trying again")]
    private partial void LogTableFailed(Exception cause);
}
