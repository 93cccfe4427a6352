using Microsoft.Extensions.Logging;

namespace OrleansShop.Engine.Membership;

internal sealed partial class SiloViews
{
    [LoggerMessage(1560, LogLevel.Information, "At view {Version}: {Active} silos are active")]
    private partial void LogEntering(long version, int active);

    [LoggerMessage(1561, LogLevel.Warning, "Another process sent view {Version}; a silo takes views from the table only")]
    private partial void LogForeignView(long version);

    [LoggerMessage(1562, LogLevel.Error, "A step of carrying out a view has failed")]
    private partial void LogStepFailed(Exception cause);
}
