namespace OrleansShop.Strangler.Rows;

/// <summary>Brings the monolith's rows of one entity to what its owner holds: all of its rows, or none when it is deleted. Applying it again changes nothing.</summary>
/// <param name="Capability">The capability of the entity.</param>
/// <param name="Kind">The kind of the entity.</param>
/// <param name="Id">The id as text.</param>
/// <param name="Epoch">The epoch of the capability that the owner acts in. Carried and logged, not checked yet: there is no ledger to check it against.</param>
/// <param name="Version">The owner's count of writes to the entity. Carried and logged, not checked yet, like <paramref name="Epoch"/>.</param>
/// <param name="Row">The row of the entity's table; null deletes the entity with its child rows.</param>
/// <param name="Children">The rows of the child tables, which replace those that are there. A table that is not named keeps none.</param>
[GenerateSerializer, Immutable, Alias("OrleansShop.Strangler.EntityChange")]
public sealed record EntityChange(
    string Capability,
    string Kind,
    string Id,
    long Epoch,
    long Version,
    Row? Row,
    IReadOnlyDictionary<string, IReadOnlyList<Row>>? Children = null)
{
    /// <summary>The most changes that one call applies.</summary>
    public const int MaxBatch = 500;

    /// <summary>Whether the change deletes the entity.</summary>
    public bool IsDelete => Row is null;

    /// <summary>A change that writes an entity's rows.</summary>
    public static EntityChange Upsert(string capability, EntityRows rows, long epoch)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return new(capability, rows.Kind, rows.Id, epoch, rows.Version, rows.Row, rows.Children);
    }

    /// <summary>A change that deletes an entity.</summary>
    public static EntityChange Delete(string capability, string kind, string id, long version, long epoch) =>
        new(capability, kind, id, epoch, version, Row: null);

    /// <summary>The names only: the rows may hold personal data.</summary>
    public override string ToString() => $"{(IsDelete ? "delete" : "upsert")} {Capability} {Kind} {Id} at version {Version}, epoch {Epoch}";
}
