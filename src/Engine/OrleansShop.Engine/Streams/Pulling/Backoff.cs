namespace OrleansShop.Engine.Streams.Pulling;

/// <summary>How long to wait before the next try: 100 ms, and twice as long after each, up to 5 s.</summary>
internal static class Backoff
{
    private const int LongestPower = 6;

    private static readonly TimeSpan s_first = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(5);

    /// <param name="tries">How many tries have failed; from 1.</param>
    public static TimeSpan After(int tries)
    {
        var wait = s_first * (1 << Math.Min(tries - 1, LongestPower));
        return wait < s_longest ? wait : s_longest;
    }
}
