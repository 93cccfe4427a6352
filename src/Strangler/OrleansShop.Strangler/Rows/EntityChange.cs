using OrleansShop.Strangler.Ownership;

namespace OrleansShop.Strangler.Rows;

/// <summary>Brings the monolith's rows of one entity to what its owner holds: all of its rows, or none when it is deleted. Applying it again changes nothing.</summary>
/// <param name="Capability">The capability of the entity.</param>
/// <param name="Kind">The kind of the entity.</param>
/// <param name="Id">The id as text.</param>
/// <param name="Epoch">The epoch of the entity in which its grain owns it. Checked against the ledger, where the capability has one; where it has none, only 0 is accepted from grains.</param>
/// <param name="Version">The grain's count of writes to the entity. Checked against the ledger, where the capability has one.</param>
/// <param name="Row">The row of the entity's table; null deletes the entity with its child rows.</param>
/// <param name="Children">The rows of the child tables, which replace those that are there. A table that is not named keeps none.</param>
/// <param name="Owner">
/// For whom the rows are written, which the ledger must agree with. <see cref="EntityOwner.Monolith"/>: a service changes an entity that it does not own as the monolith would, and neither epoch nor version counts.
/// </param>
/// <param name="IsCreation">Whether the entity is made with this change: there must be none, on either side. For the monolith, rows that are there are refused (<see cref="BridgeClient.BridgeRefusal.Constraint"/>).</param>
[GenerateSerializer, Immutable, Alias("OrleansShop.Strangler.EntityChange")]
public sealed record EntityChange(
    string Capability,
    string Kind,
    string Id,
    long Epoch,
    long Version,
    Row? Row,
    IReadOnlyDictionary<string, IReadOnlyList<Row>>? Children = null,
    EntityOwner Owner = EntityOwner.Grains,
    bool IsCreation = false)
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
