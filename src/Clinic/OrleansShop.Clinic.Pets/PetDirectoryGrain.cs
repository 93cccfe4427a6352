using System.Collections.Immutable;
using Orleans.Concurrency;
using OrleansShop.Clinic.Contracts.Pets;

namespace OrleansShop.Clinic.Pets;

/// <summary>Answers for many pets at a time. Holds nothing, so that any number of questions run side by side.</summary>
[Reentrant]
[GrainType("pet-directory")]
internal sealed class PetDirectoryGrain(PetRows rows, PetViews views) : Grain, IPetDirectoryGrain
{
    public Task<ImmutableArray<int>> IdsOfOwnerAsync(int ownerId, CancellationToken cancellationToken) =>
        rows.IdsOfOwnerAsync(ownerId, cancellationToken);

    public async Task<ImmutableArray<Pet>> OfOwnersAsync(ImmutableArray<int> ownerIds, CancellationToken cancellationToken) =>
        ownerIds.IsEmpty ? [] : await views.ComposeAsync(await rows.OfOwnersAsync(ownerIds, cancellationToken), cancellationToken);
}
