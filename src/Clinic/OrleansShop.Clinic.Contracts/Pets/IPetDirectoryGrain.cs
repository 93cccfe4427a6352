using System.Collections.Immutable;
using Orleans.Concurrency;

namespace OrleansShop.Clinic.Contracts.Pets;

/// <summary>Finds pets by what they refer to, without activating them. Any key names the same directory.</summary>
[Alias("clinic.IPetDirectoryGrain")]
public interface IPetDirectoryGrain : IGrainWithIntegerKey
{
    /// <summary>The ids of an owner's pets, ascending.</summary>
    [ReadOnly]
    Task<ImmutableArray<int>> IdsOfOwnerAsync(int ownerId, CancellationToken cancellationToken = default);

    /// <summary>All pets of the owners, with their visits, ordered by id: what a list of owners nests.</summary>
    [ReadOnly]
    Task<ImmutableArray<Pet>> OfOwnersAsync(ImmutableArray<int> ownerIds, CancellationToken cancellationToken = default);
}
