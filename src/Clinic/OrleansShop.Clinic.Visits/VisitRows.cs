using System.Collections.Immutable;
using System.Text.Json;
using OrleansShop.Clinic.Contracts.Visits;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Entities;
using OrleansShop.Strangler.Index;

namespace OrleansShop.Clinic.Visits;

/// <summary>
/// Visits as many at a time, without activating them: from the index while it has all of them, else from the monolith's rows. This is
/// the one place where that is decided for visits.
/// </summary>
internal sealed class VisitRows([FromKeyedServices(VisitsService.Name)] SettledIndex index, EntityKind<VisitRecord> visits, IGrainFactory grains)
{
    /// <summary>Below what one query of the index takes.</summary>
    private const int MaxPetsPerQuery = 5000;

    /// <summary>The visits of some pets, ordered by id.</summary>
    public async Task<ImmutableArray<Visit>> OfPetsAsync(ImmutableArray<int> petIds, CancellationToken cancellationToken)
    {
        var isIndexed = (await visits.Capability.GetAsync()).ListsComeFromGrains;
        var found = new List<Visit>();
        foreach (var chunk in petIds.Select(id => $"{id}").Chunk(MaxPetsPerQuery))
        {
            found.AddRange(isIndexed
                ? await FindAsync(new IndexQuery(VisitMapping.Kind, VisitMapping.Pet, [.. chunk]), cancellationToken)
                : await FromMonolithAsync(chunk, cancellationToken));
        }

        return [.. found.OrderBy(visit => visit.Id)];
    }

    /// <summary>Visits that the index has, ordered by id. Only while the index has all of them.</summary>
    public async Task<ImmutableArray<Visit>> FindAsync(IndexQuery query, CancellationToken cancellationToken)
    {
        var page = await index.QueryAsync(query, id => grains.GetEntity<IVisitGrain>(id), cancellationToken);
        return [.. page.Documents.Select(document => JsonSerializer.Deserialize<VisitRecord>(document.Document.Span)!.ToVisit((long)document.Id))];
    }

    private async Task<List<Visit>> FromMonolithAsync(string[] petIds, CancellationToken cancellationToken)
    {
        var found = new List<Visit>();
        await foreach (var rows in visits.Bridge.ReadByReferenceAsync(visits.Manifest, "pet_id", petIds, cancellationToken))
        {
            found.Add(visits.Mapping.FromRows(rows).ToVisit(rows.Row.Int32("id")));
        }

        return found;
    }
}
