using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace OrleansShop.Engine.Membership;

internal sealed partial class SiloLife
{
    [LoggerMessage(1570, LogLevel.Information, "Silo {Name} {Silo} is active in view {Version}")]
    private partial void LogActive(string name, SiloAddress silo, long version);

    [LoggerMessage(1571, LogLevel.Information, "Silo {Silo} hands its grains over and stops")]
    private partial void LogHandingOver(SiloAddress silo);

    [LoggerMessage(1572, LogLevel.Warning, "Silo {Silo} still has running turns after {Timeout} (ClusteringOptions.HandoffTimeout) and stops without them: they run no further turn and their callers get no answer")]
    private partial void LogNotDrained(SiloAddress silo, TimeSpan timeout);

    [LoggerMessage(1573, LogLevel.Information, "Silo {Silo} has left the cluster")]
    private partial void LogGone(SiloAddress silo);

    [LoggerMessage(1574, LogLevel.Warning, "Silo {Silo} is out of the cluster: the last turn has ended, and the membership table says so")]
    private partial void LogOut(SiloAddress silo);

    [LoggerMessage(1575, LogLevel.Warning, "Silo {Silo} could not say itself that it is out of the cluster: a turn does not end, or the membership table does not answer. The others find out")]
    private partial void LogNotOut(SiloAddress silo);
}
