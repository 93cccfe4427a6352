namespace OrleansShop.Engine.Generator.Serializers;

/// <summary>
/// The numbers of members in payloads. Field 0 of every type is kept for the level of its base class. <c>[Id]</c>s and the positions
/// of primary constructor parameters count separately, so a type that has both kinds gives odd fields to the one and even fields to the other.
/// </summary>
internal static class FieldIds
{
    /// <summary>The highest <c>[Id]</c>: twice it still fits a field id.</summary>
    public const uint Highest = (uint.MaxValue - 2) / 2;

    public static uint OfId(uint id, bool hasParameters) => hasParameters ? 2 * id + 1 : id + 1;

    public static uint OfParameter(int position) => 2 * (uint)position + 2;
}
