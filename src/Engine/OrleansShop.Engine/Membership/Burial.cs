using Orleans.Runtime;
using OrleansShop.Engine.Messaging;
using OrleansShop.Engine.Messaging.Connections;

namespace OrleansShop.Engine.Membership;

/// <summary>What follows for a process when a silo has been declared dead.</summary>
internal static class Burial
{
    /// <summary>How long the last answers of a dead silo may take to arrive on connections that are still open.</summary>
    private static readonly TimeSpan LastAnswersTimeout = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Fails what was sent to the silo and is not answered. Answers that a leaving silo sent last may still be on their way: they count. One that said no goodbye
    /// has none to give.
    /// </summary>
    public static async Task WhenSilent(SiloAddress silo, ClusterConnections connections, OutgoingRequests requests)
    {
        if (connections.FindLink(silo) is { IsLeaving: true } link)
            await link.Disconnected.WaitAsync(LastAnswersTimeout, connections.Time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        connections.Forget(silo);
        requests.FailSentTo(silo, "it has been declared dead");
    }
}
