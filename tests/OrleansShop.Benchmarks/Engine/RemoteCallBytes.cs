using System.Diagnostics;
using OrleansShop.Benchmarks.Running;

namespace OrleansShop.Benchmarks.Engine;

/// <summary>
/// What a call between two processes allocates on both sides. The loops await each call before the next and allocate nothing per call
/// themselves; each process counts everything that it allocates meanwhile, and the silo is asked for its count by a grain call.
/// </summary>
internal sealed class RemoteCallBytes : IBenchmark
{
    public string Name => "remote-call-bytes";

    public string Question => "bytes allocated per call by a client and by the silo that it calls, 1 and 100 in flight";

    public async Task<IReadOnlyList<Measurement>> RunAsync(RoundOptions options, CancellationToken cancellationToken)
    {
        await using var pair = await ClientToSilo.ClientAndSilo.StartAsync(cancellationToken);
        var grains = Enumerable.Range(0, 1000).Select(key => pair.Grains.GetGrain<IPingGrain>(key)).ToArray();
        return [.. await MeasureAsync(grains, 1, options), .. await MeasureAsync(grains, 100, options)];
    }

    private static async Task<IEnumerable<Measurement>> MeasureAsync(IPingGrain[] grains, int loops, RoundOptions options)
    {
        await AllAsync(grains, loops, options.WarmUp);
        var siloBefore = await grains[0].AllocatedBytes();
        var clientBefore = GC.GetTotalAllocatedBytes(precise: true);
        var calls = await AllAsync(grains, loops, options.Duration);
        var client = (double)(GC.GetTotalAllocatedBytes(precise: true) - clientBefore) / calls;
        var silo = (double)(await grains[0].AllocatedBytes() - siloBefore) / calls;
        return
        [
            new($"remote call, {loops} in flight, both sides", client + silo, "B/call"),
            new($"  {loops} in flight, the client's side", client, "B/call"),
            new($"  {loops} in flight, the silo's side", silo, "B/call"),
        ];
    }

    private static async Task<long> AllAsync(IPingGrain[] grains, int loops, TimeSpan duration)
    {
        var end = Stopwatch.GetTimestamp() + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        var counts = await Task.WhenAll(Enumerable.Range(0, loops).Select(loop => Task.Run(() => LoopAsync(grains, loop * 10, end))));
        return counts.Sum();
    }

    private static async Task<long> LoopAsync(IPingGrain[] grains, int first, long end)
    {
        long count = 0;
        for (; Stopwatch.GetTimestamp() < end; count++)
        {
            await grains[(first + count) % grains.Length].Ping(1);
        }

        return count;
    }
}
