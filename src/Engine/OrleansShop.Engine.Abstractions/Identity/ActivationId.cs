using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.IO.Hashing;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace Orleans.Runtime;

/// <summary>Names one life of a grain in memory. A grain that is collected and comes back has the same grain id and another activation id.</summary>
[JsonConverter(typeof(ActivationIdConverter))]
[DebuggerDisplay("{ToString(),nq}")]
public readonly struct ActivationId : IEquatable<ActivationId>, ISpanFormattable
{
    private const int TextChars = 33;

    /// <summary>Takes <paramref name="key"/> as the id.</summary>
    public ActivationId(Guid key) => Key = key;

    /// <summary>Whether this names no activation.</summary>
    public bool IsDefault => Key == Guid.Empty;

    internal Guid Key { get; }

    /// <summary>Returns an id that was never used. The engine itself takes its ids from a source that can be seeded.</summary>
    public static ActivationId NewId()
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes);
        return new ActivationId(new Guid(bytes));
    }

    /// <summary>Returns the id that always belongs to <paramref name="grain"/>.</summary>
    public static ActivationId GetDeterministic(GrainId grain)
    {
        var text = Encoding.UTF8.GetBytes(grain.ToString());
        Span<byte> bytes = stackalloc byte[16];
        for (var seed = 0; seed < 4; seed++)
            XxHash32.Hash(text, bytes[(seed * 4)..], seed);
        return new ActivationId(new Guid(bytes));
    }

    /// <summary>Reads what <see cref="ToParsableString"/> returned.</summary>
    /// <exception cref="FormatException">The text is something else.</exception>
    public static ActivationId FromParsableString(string activationId)
    {
        ArgumentNullException.ThrowIfNull(activationId);
        return activationId.StartsWith('@') && Guid.TryParseExact(activationId.AsSpan(1), "N", out var key)
            ? new ActivationId(key)
            : throw new FormatException($"\"{activationId}\" is not an activation id. An activation id is @ and 32 hexadecimal digits.");
    }

    /// <summary>The id as @ and 32 hexadecimal digits.</summary>
    public string ToParsableString() => ToString();

    /// <inheritdoc/>
    public bool Equals(ActivationId other) => Key == other.Key;

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is ActivationId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Key.GetHashCode();

    /// <summary>Whether both name the same activation.</summary>
    public static bool operator ==(ActivationId left, ActivationId right) => left.Equals(right);

    /// <summary>Whether they name different activations.</summary>
    public static bool operator !=(ActivationId left, ActivationId right) => !left.Equals(right);

    /// <inheritdoc/>
    public override string ToString() => string.Create(TextChars, Key, static (text, key) => text.TryWrite($"@{key:N}", out _));

    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => ToString();

    bool ISpanFormattable.TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        destination.TryWrite($"@{Key:N}", out charsWritten);
}
