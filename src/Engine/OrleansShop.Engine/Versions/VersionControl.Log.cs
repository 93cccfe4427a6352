using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace OrleansShop.Engine.Versions;

internal sealed partial class VersionControl
{
    [LoggerMessage(1890, LogLevel.Information, "The rules about versions have changed: number {Number}")]
    private partial void LogTaken(long number);

    [LoggerMessage(1891, LogLevel.Debug, "{Silo} did not say which rules about versions it has")]
    private partial void LogNoAnswer(Exception cause, SiloAddress silo);

    [LoggerMessage(1892, LogLevel.Error, "Other silos have rules about versions that {Self} does not know; it keeps its own")]
    private partial void LogUnknownRule(Exception cause, SiloAddress self);
}
