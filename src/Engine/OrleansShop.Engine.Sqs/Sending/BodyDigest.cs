using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace OrleansShop.Engine.Sqs.Sending;

/// <summary>The MD5 of a body, by which SQS and its clients notice damage on the way. It protects against nobody.</summary>
internal static class BodyDigest
{
    /// <summary>Whether a digest is that of a body. One that is missing is.</summary>
    public static bool Fits(string body, string? digest)
    {
        if (string.IsNullOrEmpty(digest)) return true;

        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(body.Length));
        try
        {
            Span<byte> hash = stackalloc byte[MD5.HashSizeInBytes];
#pragma warning disable CA5351 // The service's choice, and no secret depends on it.
            MD5.HashData(bytes.AsSpan(0, Encoding.UTF8.GetBytes(body, bytes)), hash);
#pragma warning restore CA5351
            Span<char> text = stackalloc char[MD5.HashSizeInBytes * 2];
            return Convert.TryToHexStringLower(hash, text, out _) && digest.AsSpan().Equals(text, StringComparison.OrdinalIgnoreCase);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}
