using System.Diagnostics;

namespace OrleansShop.Benchmarks.Running;

/// <summary>A uniform sample of the latencies of one caller: large enough for percentiles, small enough not to disturb what is measured.</summary>
internal sealed class LatencySamples(int seed)
{
    private const int Size = 4096;

    private readonly long[] _ticks = new long[Size];
    private readonly Random _random = new(seed);

    /// <summary>How many latencies were seen, kept or not.</summary>
    public long Count { get; private set; }

    /// <summary>Takes a latency into account; the n-th is kept with probability <see cref="Size"/>/n.</summary>
    public void Add(long ticks)
    {
        var place = Count < Size ? Count : _random.NextInt64(Count + 1);
        if (place < Size)
        {
            _ticks[place] = ticks;
        }

        Count++;
    }

    /// <summary>The kept latencies, in microseconds.</summary>
    public IEnumerable<double> Microseconds() => _ticks.Take((int)Math.Min(Count, Size)).Select(ticks => ticks * 1e6 / Stopwatch.Frequency);
}
