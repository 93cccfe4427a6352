using System.Collections.Immutable;
using Orleans.Concurrency;

namespace OrleansShop.Clinic.Contracts.Visits;

/// <summary>Finds visits by their pet, without activating them. Any key names the same directory.</summary>
[Alias("clinic.IVisitDirectoryGrain")]
public interface IVisitDirectoryGrain : IGrainWithIntegerKey
{
    /// <summary>The ids of a pet's visits, ascending.</summary>
    [ReadOnly]
    Task<ImmutableArray<int>> IdsOfPetAsync(int petId, CancellationToken cancellationToken = default);

    /// <summary>All visits of the pets, ordered by id: what a list of pets nests.</summary>
    [ReadOnly]
    Task<ImmutableArray<Visit>> OfPetsAsync(ImmutableArray<int> petIds, CancellationToken cancellationToken = default);
}
