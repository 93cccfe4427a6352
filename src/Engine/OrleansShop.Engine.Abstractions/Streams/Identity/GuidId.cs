using System.Runtime.Serialization;
using System.Security.Cryptography;
using System.Text.Json.Serialization;

namespace Orleans.Runtime;

/// <summary>A Guid that names something, such as a subscription.</summary>
[Serializable]
[GenerateSerializer]
[Immutable]
[JsonConverter(typeof(GuidIdConverter))]
public sealed class GuidId : IEquatable<GuidId>, IComparable<GuidId>, ISerializable
{
    /// <summary>The Guid.</summary>
    [Id(0)]
    public readonly Guid Guid;

    internal GuidId(Guid guid) => Guid = guid;

    private GuidId(SerializationInfo info, StreamingContext context) => Guid = (Guid)info.GetValue(nameof(Guid), typeof(Guid))!;

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

    /// <inheritdoc/>
    public void GetObjectData(SerializationInfo info, StreamingContext context) => info.AddValue(nameof(Guid), Guid, typeof(Guid));

    /// <summary>Compares the Guids; two nulls are equal.</summary>
    public static bool operator ==(GuidId? left, GuidId? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Compares the Guids; two nulls are equal.</summary>
    public static bool operator !=(GuidId? left, GuidId? right) => !(left == right);
}
