using Orleans.Runtime;
using OrleansShop.Engine.Messaging.Connections;

namespace OrleansShop.Engine.Messaging;

/// <summary>What the router allows.</summary>
/// <param name="MaxFrameBytes">The longest request or response.</param>
/// <param name="MaxWaitingCalls">How many calls may wait for their owner.</param>
/// <param name="MaxPendingBytes">How many bytes may wait on one connection.</param>
/// <param name="MaxForwardCount">How often a call is sent on.</param>
/// <param name="ClientPatience">How long calls wait for a client that is not connected.</param>
/// <param name="ClientDropTimeout">After what time a client that is away is forgotten.</param>
/// <param name="IsClient">Whether this process is a client.</param>
internal sealed record RouterLimits(
    int MaxFrameBytes, int MaxWaitingCalls, int MaxPendingBytes, int MaxForwardCount, TimeSpan ClientPatience, TimeSpan ClientDropTimeout, bool IsClient)
{
    /// <summary>What a caller is told when a connection does not take more.</summary>
    public Exception TooBusy(Connection connection)
    {
        var what = $"More than {MaxPendingBytes} bytes (ClusteringOptions.MaxPendingBytes) wait to be sent to {connection.Peer?.Identity} at {connection.Remote}.";
        return IsClient ? new GatewayTooBusyException(what) : new LimitExceededException(what);
    }
}
