using OrleansShop.Strangler.Entities;
using OrleansShop.Strangler.Ownership;
using OrleansShop.Strangler.Rows;

namespace OrleansShop.Strangler.Moving;

/// <summary>The entities of one capability, as those reach them that move and compare them. Thread-safe. Every call goes to the entity's grain, and can be repeated.</summary>
internal interface IMovingEntities
{
    /// <summary>Has an entity moved to where it is to be, if it is not there.</summary>
    /// <param name="kind">The kind of the entity.</param>
    /// <param name="id">The id as text.</param>
    /// <param name="capabilityEpoch">The epoch of the capability that the caller acts by; null for whichever the grain knows.</param>
    /// <returns>Who owns it now; of one that does not exist, who would.</returns>
    Task<EntityOwner> PlaceAsync(string kind, string id, long? capabilityEpoch);

    /// <summary>Gives the grain a copy of the monolith's rows, which does not count. Does nothing if the grain owns the entity.</summary>
    /// <param name="kind">The kind of the entity.</param>
    /// <param name="id">The id as text.</param>
    /// <param name="rows">The rows; null if the monolith has none.</param>
    Task ShadowAsync(string kind, string id, EntityRows? rows);

    /// <summary>The rows that the grain holds as the entity's owner; null if it does not own it, or there is no such entity.</summary>
    Task<EntityRows?> ExportAsync(string kind, string id);

    /// <summary>Both sides of the entity, with no write of its grain in between.</summary>
    Task<BothSides> ReadBothSidesAsync(string kind, string id);
}
