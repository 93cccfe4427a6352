using Microsoft.Extensions.Logging;

namespace OrleansShop.Engine.Calls;

internal sealed partial class Answers
{
    [LoggerMessage(1002, LogLevel.Warning, "The one-way call {Call} failed; its caller is not told.")]
    private partial void LogOneWayFailed(Exception exception, GrainCall call);
}
