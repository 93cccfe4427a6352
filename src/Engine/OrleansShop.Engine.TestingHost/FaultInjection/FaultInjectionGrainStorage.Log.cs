using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Orleans.TestingHost;

public partial class FaultInjectionGrainStorage
{
    [LoggerMessage(1900, LogLevel.Information, "Storage '{Name}' fails on demand for {Grain}.")]
    private partial void LogFault(string name, GrainId grain, Exception injected);
}
