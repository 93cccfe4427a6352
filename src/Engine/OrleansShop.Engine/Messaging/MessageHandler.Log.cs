using Microsoft.Extensions.Logging;

namespace OrleansShop.Engine.Messaging;

internal sealed partial class MessageHandler
{
    [LoggerMessage(1510, LogLevel.Warning, "A request to a grain of type {GrainType} from {Remote} cannot be read; its caller is told")]
    private partial void LogUnreadable(Exception cause, string grainType, string remote);
}
