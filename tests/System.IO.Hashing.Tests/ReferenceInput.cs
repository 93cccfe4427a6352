namespace System.IO.Hashing.Tests;

/// <summary>The bytes that the published test vectors of the xxHash family are made from.</summary>
internal static class ReferenceInput
{
    public const uint Prime32 = 2654435761;
    public const ulong Prime64 = 11400714785074694797;

    private static readonly byte[] s_bytes = Create(4096);

    public static ReadOnlySpan<byte> OfLength(int length) => s_bytes.AsSpan(0, length);

    private static byte[] Create(int length)
    {
        var bytes = new byte[length];
        ulong generator = Prime32;
        for (var index = 0; index < length; index++)
        {
            bytes[index] = (byte)(generator >> 56);
            generator = unchecked(generator * Prime64);
        }

        return bytes;
    }
}
