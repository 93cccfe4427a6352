using System.Security.Cryptography;

namespace Orleans.Runtime;

/// <summary>A Guid that names something, such as a subscription.</summary>
[GenerateSerializer]
[Immutable]
public sealed class GuidId : IEquatable<GuidId>, IComparable<GuidId>
{
    /// <summary>The Guid.</summary>
    [Id(0)]
    public readonly Guid Guid;

    internal GuidId(Guid guid) => Guid = guid;

    /// <summary>Returns a name that there was not yet.</summary>
    public static GuidId GetNewGuidId()
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes);
        return new GuidId(new Guid(bytes));
    }

    /// <summary>Returns the name with this Guid.</summary>
    public static GuidId GetGuidId(Guid guid) => new(guid);

    /// <inheritdoc/>
    public int CompareTo(GuidId? other) => other is null ? 1 : Guid.CompareTo(other.Guid);

    /// <inheritdoc/>
    public bool Equals(GuidId? other) => other is not null && Guid == other.Guid;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as GuidId);

    /// <inheritdoc/>
    public override int GetHashCode() => Guid.GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => Guid.ToString("N");
}
