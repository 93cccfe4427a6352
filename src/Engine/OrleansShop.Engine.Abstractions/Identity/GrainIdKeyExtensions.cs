using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Orleans.Runtime;

/// <summary>How numbers and Guids become grain keys and are read back.</summary>
/// <remarks>
/// Stored data depends on these forms. A number is upper-case hexadecimal without leading zeros, a negative one as its
/// two's complement; a Guid is 32 lower-case hexadecimal digits; a compound key is either of them, a plus sign, and the extension.
/// </remarks>
public static class GrainIdKeyExtensions
{
    private const int CachedKeyCount = 1024;
    private const int LongDigits = 16;
    private const int GuidDigits = 32;
    private const byte ExtensionSeparator = (byte)'+';

    // Small numbers are the keys of most tests, samples and tables: they cost no allocation.
    private static readonly IdSpan[] CachedIntegerKeys = CreateCachedIntegerKeys();

    /// <summary>Returns the key for <paramref name="key"/>.</summary>
    public static IdSpan CreateIntegerKey(long key) =>
        (ulong)key < CachedKeyCount ? CachedIntegerKeys[key] : EncodeInteger(key, default);

    /// <summary>Returns the key for <paramref name="key"/> with an extension; null or empty for none.</summary>
    public static IdSpan CreateIntegerKey(long key, string? keyExtension) =>
        string.IsNullOrEmpty(keyExtension) ? CreateIntegerKey(key) : EncodeInteger(key, Encoding.UTF8.GetBytes(keyExtension));

    /// <summary>Returns the key for <paramref name="key"/> with an extension; empty for none.</summary>
    public static IdSpan CreateIntegerKey(long key, ReadOnlySpan<byte> keyExtension) =>
        keyExtension.IsEmpty ? CreateIntegerKey(key) : EncodeInteger(key, keyExtension);

    /// <summary>Returns the key for <paramref name="key"/>.</summary>
    public static IdSpan CreateGuidKey(Guid key) => CreateGuidKey(key, []);

    /// <summary>Returns the key for <paramref name="key"/> with an extension; null or empty for none.</summary>
    public static IdSpan CreateGuidKey(Guid key, string? keyExtension) =>
        CreateGuidKey(key, string.IsNullOrEmpty(keyExtension) ? [] : Encoding.UTF8.GetBytes(keyExtension));

    /// <summary>Returns the key for <paramref name="key"/> with an extension; empty for none.</summary>
    public static IdSpan CreateGuidKey(Guid key, ReadOnlySpan<byte> keyExtension)
    {
        Span<byte> digits = stackalloc byte[GuidDigits];
        key.TryFormat(digits, out _, "N");
        return new IdSpan(WithExtension(digits, keyExtension));
    }

    /// <summary>Returns the number in the id's key.</summary>
    /// <exception cref="ArgumentException">The key is not a number.</exception>
    public static long GetIntegerKey(this GrainId grainId) => GetIntegerKey(grainId, out _);

    /// <summary>Returns the number in the id's key, and its extension or null.</summary>
    /// <exception cref="ArgumentException">The key is not a number.</exception>
    public static long GetIntegerKey(this GrainId grainId, out string? keyExt) =>
        TryGetIntegerKey(grainId, out var key, out keyExt) ? key : throw NotOfKind(grainId, "an integer");

    /// <summary>Returns the Guid in the id's key.</summary>
    /// <exception cref="ArgumentException">The key is not a Guid.</exception>
    public static Guid GetGuidKey(this GrainId grainId) => GetGuidKey(grainId, out _);

    /// <summary>Returns the Guid in the id's key, and its extension or null.</summary>
    /// <exception cref="ArgumentException">The key is not a Guid.</exception>
    public static Guid GetGuidKey(this GrainId grainId, out string? keyExt) =>
        TryGetGuidKey(grainId, out var key, out keyExt) ? key : throw NotOfKind(grainId, "a Guid");

    /// <summary>Reads the number in the id's key, and its extension or null; false if the key is not a number.</summary>
    public static bool TryGetIntegerKey(this GrainId grainId, out long key, out string? keyExt)
    {
        var digits = SplitExtension(grainId, out keyExt);
        if (digits.Length is > 0 and <= LongDigits && Utf8Parser.TryParse(digits, out key, out var consumed, 'X') && consumed == digits.Length)
            return true;
        key = 0;
        keyExt = null;
        return false;
    }

    /// <summary>Reads the Guid in the id's key, and its extension or null; false if the key is not a Guid.</summary>
    public static bool TryGetGuidKey(this GrainId grainId, out Guid key, out string? keyExt)
    {
        var digits = SplitExtension(grainId, out keyExt);
        if (digits.Length == GuidDigits && Utf8Parser.TryParse(digits, out key, out var consumed, 'N') && consumed == GuidDigits)
            return true;
        key = default;
        keyExt = null;
        return false;
    }

    private static IdSpan EncodeInteger(long key, ReadOnlySpan<byte> extension)
    {
        Span<byte> digits = stackalloc byte[LongDigits];
        key.TryFormat(digits, out var count, "X");
        return new IdSpan(WithExtension(digits[..count], extension));
    }

    private static byte[] WithExtension(ReadOnlySpan<byte> digits, ReadOnlySpan<byte> extension) =>
        extension.IsEmpty ? digits.ToArray() : [.. digits, ExtensionSeparator, .. extension];

    private static ReadOnlySpan<byte> SplitExtension(GrainId grainId, out string? extension)
    {
        var key = grainId.Key.AsSpan();
        var separator = key.IndexOf(ExtensionSeparator);
        extension = separator < 0 ? null : Encoding.UTF8.GetString(key[(separator + 1)..]);
        return separator < 0 ? key : key[..separator];
    }

    private static IdSpan[] CreateCachedIntegerKeys()
    {
        var keys = new IdSpan[CachedKeyCount];
        for (var key = 0; key < keys.Length; key++)
            keys[key] = EncodeInteger(key, default);
        return keys;
    }

    [SuppressMessage("Usage", "CA2208:Instantiate argument exceptions correctly", Justification = "The parameter is the caller's.")]
    private static ArgumentException NotOfKind(GrainId grainId, string kind) =>
        new($"The key of grain {grainId} is not {kind}.", nameof(grainId));
}
