using System.Collections.Concurrent;
using System.Diagnostics;

namespace OrleansShop.EndToEnd.Tests.Moves.Orders;

/// <summary>What was ordered and done to the system, and when. Thread-safe.</summary>
internal sealed class Timeline
{
    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly ConcurrentQueue<string> _lines = new();

    public void Note(string what) => _lines.Enqueue($"{Stopwatch.GetElapsedTime(_began).TotalSeconds,7:F2} s  {what}");

    /// <summary>How a timestamp is written here.</summary>
    public string At(long timestamp) => $"{Stopwatch.GetElapsedTime(_began, timestamp).TotalSeconds:F2} s";

    public override string ToString() => string.Join('\n', _lines);
}
