using System.Collections.Immutable;
using System.Text.Json;
using OrleansShop.Clinic.Contracts.Owners;
using OrleansShop.Clinic.Contracts.Pets;
using OrleansShop.Strangler.Entities;
using OrleansShop.Strangler.Index;

namespace OrleansShop.Clinic.Owners;

/// <summary>Lists and searches, answered from the index: one query here, one call each for all pets and all visits of the page.</summary>
internal sealed class OwnerSearch(SettledIndex index, IGrainFactory grains)
{
    /// <summary>Owners whose last name starts with a text, case ignored, ordered by id.</summary>
    /// <param name="lastNameStart">What the last name starts with; null for all owners.</param>
    /// <param name="offset">How many to pass over.</param>
    /// <param name="limit">How many to return at most; null for all.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public async Task<(ImmutableArray<Owner> Owners, long Total)> FindAsync(
        string? lastNameStart, int offset, int? limit, CancellationToken cancellationToken)
    {
        var query = new IndexQuery(OwnerMapping.Kind, Offset: offset, Limit: limit);
        if (lastNameStart is not null)
        {
            query = query with { TermName = OwnerMapping.LastName, Prefix = OwnerMapping.Fold(lastNameStart) };
        }

        var page = await index.QueryAsync(query, id => grains.GetGrain<IOwnerGrain>(id).AsReference<IMigratableGrain>(), cancellationToken);
        ImmutableArray<int> ids = [.. page.Documents.Select(document => (int)document.Id)];
        var pets = await grains.GetGrain<IPetDirectoryGrain>(0).OfOwnersAsync(ids, cancellationToken);
        var petsByOwner = pets.ToLookup(pet => pet.OwnerId);
        return ([.. page.Documents.Select(document => OwnerView.Of((int)document.Id, FieldsOf(document), [.. petsByOwner[(int)document.Id]]))], page.Total);
    }

    private static OwnerFields FieldsOf(IndexedDocument document) => JsonSerializer.Deserialize<OwnerFields>(document.Document.Span)!;
}
