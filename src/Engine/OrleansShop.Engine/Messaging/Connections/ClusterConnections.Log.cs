using Microsoft.Extensions.Logging;
using OrleansShop.Engine.Messaging.Frames;

namespace OrleansShop.Engine.Messaging.Connections;

internal sealed partial class ClusterConnections
{
    [LoggerMessage(1500, LogLevel.Debug, "Connected with {Role} {Identity} at {Remote}")]
    private partial void LogOpened(PeerRole role, string identity, string remote);

    [LoggerMessage(1501, LogLevel.Debug, "The connection with {Role} {Identity} at {Remote} has ended: {Cause}")]
    private partial void LogClosed(PeerRole role, string identity, string remote, string cause);

    [LoggerMessage(1502, LogLevel.Warning,
        "Refused a connection from {Remote}: {Why} It had no effect. Further ones from there are counted and logged once a minute; {Unlogged} were not logged before this one")]
    private partial void LogRefused(string remote, string why, int unlogged);

    [LoggerMessage(1503, LogLevel.Warning, "Silo {Silo} does not answer at {Remote}. New calls to it wait until it does, or is declared dead")]
    private partial void LogSuspected(Orleans.Runtime.SiloAddress silo, string remote);

    [LoggerMessage(1504, LogLevel.Information, "{Identity} answers again at {Remote}")]
    private partial void LogCleared(string identity, string remote);
}
