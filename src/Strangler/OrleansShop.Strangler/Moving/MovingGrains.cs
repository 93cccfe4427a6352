using System.Globalization;
using OrleansShop.Strangler.Entities;
using OrleansShop.Strangler.Ownership;
using OrleansShop.Strangler.Replication;
using OrleansShop.Strangler.Rows;

namespace OrleansShop.Strangler.Moving;

/// <summary>The entities of a service whose grains have whole numbers as keys.</summary>
/// <param name="content">The service's content, which knows the grains.</param>
internal sealed class MovingGrains(IndexedContent content) : IMovingEntities
{
    public Task<EntityOwner> PlaceAsync(string kind, string id, long? capabilityEpoch) => GrainOf(kind, id).PlaceAsync(capabilityEpoch);

    public Task ShadowAsync(string kind, string id, EntityRows? rows) => GrainOf(kind, id).ShadowAsync(rows);

    public Task<EntityRows?> ExportAsync(string kind, string id) => GrainOf(kind, id).ExportAsync();

    public Task<BothSides> ReadBothSidesAsync(string kind, string id) => GrainOf(kind, id).ReadBothSidesAsync();

    public Task<long> CountBehindAsync(CancellationToken cancellationToken) => content.CountBehindAsync(cancellationToken);

    public Task<BehindProgress> CatchUpAsync(int parallelism, CancellationToken cancellationToken) => content.CatchUpAsync(parallelism, cancellationToken);

    private IMigratableGrain GrainOf(string kind, string id) => content.GrainOf(kind, long.Parse(id, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
}
