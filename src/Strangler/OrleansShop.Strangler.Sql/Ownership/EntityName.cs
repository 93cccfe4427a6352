namespace OrleansShop.Strangler.Sql.Ownership;

/// <summary>Which entity: the key of the ledger.</summary>
/// <param name="Kind">The kind, unique among all capabilities.</param>
/// <param name="Id">The id as text.</param>
internal readonly record struct EntityName(string Kind, string Id) : IComparable<EntityName>
{
    /// <summary>The order in which a transaction locks several, so that two transactions do not wait for each other.</summary>
    public int CompareTo(EntityName other) =>
        string.CompareOrdinal(Kind, other.Kind) is var kinds and not 0 ? kinds : string.CompareOrdinal(Id, other.Id);

    public override string ToString() => $"{Kind} {Id}";
}
