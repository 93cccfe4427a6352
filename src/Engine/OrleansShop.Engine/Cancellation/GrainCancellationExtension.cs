using Orleans;
using Orleans.Runtime;
using OrleansShop.Engine.Calls;
using OrleansShop.Engine.Management;
using OrleansShop.Engine.Placement;

namespace OrleansShop.Engine.Cancellation;

/// <summary>The tokens of one activation. Made when it is first given one.</summary>
/// <param name="accessor">Says whose it is: it is made in a turn of that activation.</param>
/// <param name="tokens">The tokens of all activations of the process.</param>
/// <param name="silos">The way to other silos; null in a client.</param>
/// <param name="ring">Where grains live; null without a cluster.</param>
internal sealed class GrainCancellationExtension(IGrainContextAccessor accessor, ReceivedTokens tokens, SystemTargets? silos = null, RingHolder? ring = null)
    : IGrainCancellationExtension, IReceivesGrainTokens
{
    /// <summary>
    /// How many tokens are kept for an activation whether it holds on to them or not: a callback that is all that it has left in a token must run. Of
    /// older ones those stay that the grain, or a call that runs, holds on to.
    /// </summary>
    private const int MostKept = 100;

    private readonly IGrainContext _activation = accessor.GrainContext;
    private readonly Queue<GrainCancellationToken> _kept = new();

    public GrainCancellationToken Receive(GrainCancellationToken token)
    {
        var received = tokens.Receive(_activation, token);
        if (!ReferenceEquals(received, token) || received.IsCancellationRequested) return received;
        if (_kept.Count == MostKept) _kept.Dequeue();
        _kept.Enqueue(received);
        return received;
    }

    public Task Cancel(Guid token)
    {
        var grain = _activation.GrainId;
        var here = tokens.Cancel(grain, token);

        // Which of a stateless worker's activations was given the token nobody knows, nor on which silo.
        return silos is not null && ring?.Current.Find(grain.Type) is { IsStatelessWorker: true } hosting
            ? ReceivedTokens.AllEnded(hosting.Silos.Where(silo => !silo.Equals(ring.Current.Self)).Select(silo => CancelAt(silo, grain, token)).Append(here))
            : here;
    }

    private async Task CancelAt(SiloAddress silo, GrainId grain, Guid token)
    {
        try
        {
            await silos!.Of<ISiloControl>(silo, SiloControl.SystemTargetName).CancelToken(grain, token);
        }
        catch (SiloUnavailableException) when (ring!.Current.View.IsDead(silo))
        {
            // What it had is gone with it.
        }
    }
}
