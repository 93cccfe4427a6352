using System.IO.Hashing;
using System.Text;

namespace Orleans;

/// <summary>A hash that is the same in every process and for good: xxHash32 with seed 0.</summary>
public static class StableHash
{
    /// <summary>The hash of bytes.</summary>
    public static uint ComputeHash(ReadOnlySpan<byte> data) => XxHash32.HashToUInt32(data);

    /// <summary>The hash of a text's UTF-8 form.</summary>
    public static uint ComputeHash(string data) => XxHash32.HashToUInt32(Encoding.UTF8.GetBytes(data));
}
