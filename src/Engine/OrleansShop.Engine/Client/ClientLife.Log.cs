using Microsoft.Extensions.Logging;

namespace OrleansShop.Engine.Client;

internal sealed partial class ClientLife
{
    [LoggerMessage(1610, LogLevel.Warning, "No gateway answers")]
    private partial void LogNoGateway(Exception cause);

    [LoggerMessage(1611, LogLevel.Warning, "The connection to the last silo is lost; looking for another")]
    private partial void LogClusterLost();
}
