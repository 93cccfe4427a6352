using System.Collections.Immutable;
using OrleansShop.Clinic.Contracts.Pets;
using OrleansShop.Clinic.Contracts.Visits;
using OrleansShop.Clinic.Hosting.Listing;
using OrleansShop.Clinic.Http.Parameters;
using OrleansShop.Strangler.Index;

namespace OrleansShop.Clinic.Pets;

/// <summary>Puts many pets together as clients see them: one question for all types, one for all visits.</summary>
internal sealed class PetViews(PetRows rows, IGrainFactory grains)
{
    /// <summary>All pets, or a page of them, ordered by id, and how many there are. Only while the capability is in the grains.</summary>
    public async Task<(ImmutableArray<Pet> Pets, long Total)> ListAsync(PageRequest? page, CancellationToken cancellationToken)
    {
        var query = new IndexQuery(PetMapping.Kind, Offset: page?.IndexOffset ?? 0, Limit: page?.Size);
        var (pets, total) = await rows.PageAsync(query, cancellationToken);
        return (await ComposeAsync(pets, cancellationToken), total);
    }

    public async Task<ImmutableArray<Pet>> ComposeAsync(ImmutableArray<(int Id, PetRecord Pet)> pets, CancellationToken cancellationToken)
    {
        if (pets.IsEmpty)
        {
            return [];
        }

        var types = rows.TypesAsync(cancellationToken);
        var visits = grains.GetGrain<IVisitDirectoryGrain>(0).OfPetsAsync([.. pets.Select(pet => pet.Id)], cancellationToken);
        await Task.WhenAll(types, visits);
        var (typeOf, visitsOf) = (await types, (await visits).ToLookup(visit => visit.PetId));

        // A pet whose type is gone was itself deleted between the questions.
        return
        [
            .. pets.Where(pet => typeOf.ContainsKey(pet.Pet.TypeId))
                .Select(pet => new Pet(pet.Pet.Name, pet.Pet.BirthDate, typeOf[pet.Pet.TypeId], pet.Id, pet.Pet.OwnerId, [.. visitsOf[pet.Id]])),
        ];
    }
}
