using OrleansShop.Strangler.Phases;
using OrleansShop.Strangler.Rollout;

namespace OrleansShop.Strangler.Tests.Rollout;

/// <summary>Two gateways that tell their figures again and again, as those of a capability with traffic do. How the grain side does is up to the test.</summary>
internal sealed class FakeGateways : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly ICapabilityGrain _capability;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _running;

    internal FakeGateways(ICapabilityGrain capability)
    {
        _capability = capability;
        _running = [.. new[] { "a", "b" }.Select(RunAsync)];
    }

    /// <summary>Whether the grains fail at every second request.</summary>
    internal Func<CapabilityStatus, bool> Fails { get; set; } = static _ => false;

    /// <summary>How long the grains take.</summary>
    internal Func<CapabilityStatus, TimeSpan> Latency { get; set; } = static _ => TimeSpan.FromMilliseconds(10);

    internal Func<CapabilityStatus, bool> Differs { get; set; } = static _ => false;

    /// <summary>Whether they tell nothing.</summary>
    internal Func<CapabilityStatus, bool> IsSilent { get; set; } = static _ => false;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_running);
        _stop.Dispose();
    }

    private async Task RunAsync(string name)
    {
        long requests = 1000, errors = 0, compared = 0, different = 0;
        var (monolith, grains) = (new long[LatencyBuckets.Count], new long[LatencyBuckets.Count]);
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var status = await _capability.GetAsync();
                requests += 10;
                monolith[LatencyBuckets.IndexOf(TimeSpan.FromMilliseconds(10))] += 10;
                grains[LatencyBuckets.IndexOf(Latency(status))] += 10;
                if (Fails(status)) errors += 5;
                if (status.Phase == CapabilityPhase.Shadow) compared += 10;
                if (Differs(status)) different += 5;
                if (!IsSilent(status)) await _capability.ReportAsync(new GatewayFigures(name, status.Epoch, new SideFigures(requests, 0, [.. monolith]), new SideFigures(requests, errors, [.. grains]), compared, different));
                await Task.Delay(Pause, TimeProvider.System, _stop.Token);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception away) when (away is OrleansException or TimeoutException)
            {
                // A silo was lost under the call; a gateway asks again too.
            }
        }
    }
}
