using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace OrleansShop.Engine.Membership;

internal sealed partial class SiloLife
{
    [LoggerMessage(1570, LogLevel.Information, "Silo {Name} {Silo} is active in view {Version}")]
    private partial void LogActive(string name, SiloAddress silo, long version);

    [LoggerMessage(1571, LogLevel.Information, "Silo {Silo} hands its grains over and stops")]
    private partial void LogHandingOver(SiloAddress silo);

    [LoggerMessage(1572, LogLevel.Warning, "Silo {Silo} still has running turns after {Timeout} (ClusteringOptions.HandoffTimeout) and stops without them")]
    private partial void LogNotDrained(SiloAddress silo, TimeSpan timeout);

    [LoggerMessage(1573, LogLevel.Information, "Silo {Silo} has left the cluster")]
    private partial void LogGone(SiloAddress silo);
}
