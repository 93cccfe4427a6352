using Yarp.ReverseProxy.Forwarder;

namespace OrleansShop.Gateway.Forwarding;

internal sealed partial class RequestForwarding
{
    [LoggerMessage(3510, LogLevel.Debug, "{Method} to {Backend} at {Destination} failed: {Error}.")]
    private static partial void LogFailed(ILogger logger, string method, string backend, string destination, ForwarderError error, Exception? exception);

    [LoggerMessage(3511, LogLevel.Debug, "{Method} to {Backend} at {Destination} was broken off: {Error}.")]
    private static partial void LogBrokenOff(ILogger logger, string method, string backend, string destination, ForwarderError error, Exception? exception);
}
