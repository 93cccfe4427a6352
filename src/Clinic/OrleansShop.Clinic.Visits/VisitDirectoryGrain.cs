using System.Collections.Immutable;
using Orleans.Concurrency;
using OrleansShop.Clinic.Contracts.Visits;

namespace OrleansShop.Clinic.Visits;

/// <summary>Answers for many visits at a time. Holds nothing, so that any number of questions run side by side.</summary>
[Reentrant]
[GrainType("visit-directory")]
internal sealed class VisitDirectoryGrain(VisitRows rows) : Grain, IVisitDirectoryGrain
{
    public async Task<ImmutableArray<int>> IdsOfPetAsync(int petId, CancellationToken cancellationToken) =>
        [.. (await rows.OfPetsAsync([petId], cancellationToken)).Select(visit => visit.Id)];

    public Task<ImmutableArray<Visit>> OfPetsAsync(ImmutableArray<int> petIds, CancellationToken cancellationToken) =>
        rows.OfPetsAsync(petIds, cancellationToken);
}
