using System.Collections.Immutable;
using System.Text.Json;
using OrleansShop.Clinic.Contracts.Owners;
using OrleansShop.Clinic.Contracts.Pets;
using OrleansShop.Clinic.Hosting.Listing;
using OrleansShop.Clinic.Http.Parameters;
using OrleansShop.Strangler.Entities;
using OrleansShop.Strangler.Index;

namespace OrleansShop.Clinic.Owners;

/// <summary>Lists and searches, answered from the index: one query here, one call each for all pets and all visits of the page.</summary>
internal sealed class OwnerSearch([FromKeyedServices(OwnersService.Name)] SettledIndex index, IGrainFactory grains)
{
    /// <summary>Owners whose last name starts with a text, case ignored, ordered by id.</summary>
    /// <param name="lastNameStart">What the last name starts with; null for all owners.</param>
    /// <param name="page">Which of them to return; null for all.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public async Task<(ImmutableArray<Owner> Owners, long Total)> FindAsync(
        string? lastNameStart, PageRequest? page, CancellationToken cancellationToken)
    {
        var query = new IndexQuery(OwnerMapping.Kind, Offset: page?.IndexOffset ?? 0, Limit: page?.Size);
        if (lastNameStart is not null)
        {
            query = query with { TermName = OwnerMapping.LastName, Prefix = OwnerMapping.Fold(lastNameStart) };
        }

        var found = await index.QueryAsync(query, id => grains.GetEntity<IOwnerGrain>(id), cancellationToken);
        ImmutableArray<int> ids = [.. found.Documents.Select(document => (int)document.Id)];
        var pets = await grains.GetGrain<IPetDirectoryGrain>(0).OfOwnersAsync(ids, cancellationToken);
        var petsByOwner = pets.ToLookup(pet => pet.OwnerId);
        return ([.. found.Documents.Select(document => OwnerView.Of((int)document.Id, FieldsOf(document), [.. petsByOwner[(int)document.Id]]))], found.Total);
    }

    private static OwnerFields FieldsOf(IndexedDocument document) => JsonSerializer.Deserialize<OwnerFields>(document.Document.Span)!;
}
