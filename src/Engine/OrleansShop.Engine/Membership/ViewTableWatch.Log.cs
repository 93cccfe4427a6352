using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace OrleansShop.Engine.Membership;

internal sealed partial class ViewTableWatch
{
    [LoggerMessage(1550, LogLevel.Information, "Silo {Silo} is {Status} from view {Version} on")]
    private partial void LogWritten(SiloAddress silo, SiloStatus status, long version);

    [LoggerMessage(1551, LogLevel.Warning, "Declaring silo {Silo} dead: {Proof}")]
    private partial void LogDeclaring(SiloAddress silo, string proof);

    [LoggerMessage(1553, LogLevel.Error, "The membership table cannot be read or written; trying again")]
    private partial void LogTableFailed(Exception cause);

    [LoggerMessage(1554, LogLevel.Warning, "Silo {Silo} {Can} be reached from here, where {Duration} (ClusteringOptions.LeaseDuration) count; saying so in the membership table")]
    private partial void LogVoting(SiloAddress silo, string can, TimeSpan duration);

    [LoggerMessage(1555, LogLevel.Warning, "Voting silo {Silo} out: {Why}")]
    private partial void LogVotingOut(SiloAddress silo, string why);
}
