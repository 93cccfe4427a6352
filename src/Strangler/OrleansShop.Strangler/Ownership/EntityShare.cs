using System.Text;

namespace OrleansShop.Strangler.Ownership;

/// <summary>
/// Which entities belong to a share of p percent: the same for everybody who asks, and those of a smaller share are among those of a larger one. Gateways route by it, services number and take by it,
/// sweeps select by it.
/// </summary>
public static class EntityShare
{
    /// <summary>Whether an entity is among the first <paramref name="percent"/> percent.</summary>
    /// <param name="kind">The kind of the entity.</param>
    /// <param name="id">The id as text.</param>
    /// <param name="percent">From 0, nobody, to 100, everybody.</param>
    public static bool Contains(string kind, string id, int percent) => BucketOf(kind, id) < percent;

    /// <summary>A number from 0 to 99 that never changes for an entity.</summary>
    public static int BucketOf(string kind, string id)
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(id);
        return (int)(Mixed(Fnv(Fnv(OffsetBasis, kind) * Prime, id)) % 100);
    }

    private const uint OffsetBasis = 2166136261;
    private const uint Prime = 16777619;

    /// <summary>FNV-1a over the UTF-8 bytes (http://www.isthe.com/chongo/tech/comp/fnv/).</summary>
    private static uint Fnv(uint hash, string text)
    {
        Span<byte> bytes = stackalloc byte[256];
        var length = Encoding.UTF8.TryGetBytes(text, bytes, out var written) ? written : -1;
        ReadOnlySpan<byte> utf8 = length < 0 ? Encoding.UTF8.GetBytes(text) : bytes[..length];
        foreach (var value in utf8)
        {
            hash = (hash ^ value) * Prime;
        }

        return hash;
    }

    /// <summary>Spreads what neighbours differ in over all bits: ids that follow each other would fall into buckets that follow each other.</summary>
    private static uint Mixed(uint hash)
    {
        hash = (hash ^ (hash >> 16)) * 0x7feb352d;
        hash = (hash ^ (hash >> 15)) * 0x846ca68b;
        return hash ^ (hash >> 16);
    }
}
