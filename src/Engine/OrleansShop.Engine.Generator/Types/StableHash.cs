using System.Text;

namespace OrleansShop.Engine.Generator.Types;

/// <summary>FNV-1a, 32 bits, over UTF-8. Numbers made with it are on the wire and in storage: it must never change.</summary>
internal static class StableHash
{
    private const uint OffsetBasis = 2166136261;
    private const uint Prime = 16777619;

    public static uint Of(string text)
    {
        var hash = OffsetBasis;
        foreach (var octet in Encoding.UTF8.GetBytes(text)) hash = unchecked((hash ^ octet) * Prime);
        return hash;
    }

    /// <summary>The same folded to 16 bits, for ids that are written with every object.</summary>
    public static uint Of16(string text)
    {
        var hash = Of(text);
        return (hash >> 16) ^ (hash & 0xFFFF);
    }
}
