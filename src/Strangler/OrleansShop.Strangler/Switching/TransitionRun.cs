using OrleansShop.Strangler.Phases;

namespace OrleansShop.Strangler.Switching;

/// <summary>Keeps a transition alive while it runs, and stops it when another has begun in its place.</summary>
internal sealed class TransitionRun : IAsyncDisposable
{
    private readonly ICapabilityGrain _grain;
    private readonly long _attempt;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop;
    private readonly CancellationTokenSource _superseded;
    private readonly Task _renewals;

    internal TransitionRun(ICapabilityGrain grain, long attempt, TimeProvider time, CancellationToken cancellationToken)
    {
        _grain = grain;
        _attempt = attempt;
        _time = time;
        _stop = new CancellationTokenSource();
        _superseded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _renewals = RenewAsync();
    }

    /// <summary>Cancelled when the run must stop without another effect: the caller gave up, or the attempt is not the pending one any more.</summary>
    internal CancellationToken Token => _superseded.Token;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _renewals;
        _stop.Dispose();
        _superseded.Dispose();
    }

    /// <summary>
    /// A third of the lease apart. A run whose renewals fail for a whole lease counts as abandoned at the grain, so it stops here first,
    /// by the same measure.
    /// </summary>
    private async Task RenewAsync()
    {
        using var timer = new PeriodicTimer(CapabilityGrain.Lease / 3, _time);
        var renewed = _time.GetTimestamp();
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                var asked = _time.GetTimestamp();
                if (await TryRenewAsync() is not { } isPending)
                {
                    isPending = _time.GetElapsedTime(renewed) < CapabilityGrain.Lease;
                }
                else
                {
                    renewed = asked;
                }

                if (!isPending)
                {
                    await _superseded.CancelAsync();
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The run has ended; nothing is left to renew.
        }
    }

    /// <summary>Null when the grain did not answer.</summary>
    private async Task<bool?> TryRenewAsync()
    {
        try
        {
            return await _grain.RenewAsync(_attempt).WaitAsync(CapabilityGrain.Lease / 3, _time, _stop.Token);
        }
        catch (Exception failure) when (failure is TimeoutException or OrleansException)
        {
            return null;
        }
    }
}
