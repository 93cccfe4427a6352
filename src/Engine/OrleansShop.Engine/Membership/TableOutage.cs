using System.IO.Hashing;

namespace OrleansShop.Engine.Membership;

/// <summary>What to do while the membership table does not answer.</summary>
internal static class TableOutage
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <summary>Whether a failure is the table's, and may be over at the next attempt.</summary>
    public static bool Is(Exception cause) => cause is IOException or InvalidDataException or UnauthorizedAccessException or TimeoutException;

    /// <summary>How long to wait after so many failures in a row: twice as long each time up to a second, less up to a half, differently on each silo.</summary>
    public static TimeSpan PauseAfter(int failures, int silo)
    {
        var longest = FirstPause * Math.Pow(2, Math.Min(failures - 1, 10));
        if (longest > LongestPause)
            longest = LongestPause;
        Span<byte> seed = stackalloc byte[8];
        BitConverter.TryWriteBytes(seed, failures);
        BitConverter.TryWriteBytes(seed[4..], silo);
        return longest * (1 - (XxHash32.HashToUInt32(seed) / (2.0 * uint.MaxValue)));
    }
}
