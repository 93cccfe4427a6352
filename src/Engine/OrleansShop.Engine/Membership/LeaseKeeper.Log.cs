using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace OrleansShop.Engine.Membership;

internal sealed partial class LeaseKeeper
{
    [LoggerMessage(1590, LogLevel.Error,
        "The lease of this silo, {Silo}, has run out: the membership table has not taken a renewal for {Duration} (ClusteringOptions.LeaseDuration). Until it takes one, the silo runs no grain and answers no call")]
    private partial void LogRanOut(SiloAddress silo, TimeSpan duration);

    [LoggerMessage(1591, LogLevel.Critical,
        "This silo, {Silo}, has been declared dead by the others or voted out, and stops. It was paused, or cut off from them, for longer than ClusteringOptions.LeaseDuration")]
    private partial void LogRefused(SiloAddress silo);

    [LoggerMessage(1592, LogLevel.Warning, "An attempt to renew the lease of this silo, {Silo}, has failed; trying again")]
    private partial void LogNotRenewed(SiloAddress silo, Exception cause);

    [LoggerMessage(1593, LogLevel.Warning, "This silo, {Silo}, has its lease again after {Pause}: nobody has taken its grains over, and they go on")]
    private partial void LogRegained(SiloAddress silo, TimeSpan pause);
}
