using Orleans.Concurrency;

namespace OrleansShop.Clinic.Contracts.Owners;

/// <summary>
/// One owner, wherever it lives: in this grain once its capability is in the grains, else in the monolith, whose rows are then read and
/// deleted through the bridge. The key is the owner's id.
/// </summary>
[Alias("clinic.IOwnerGrain")]
public interface IOwnerGrain : IGrainWithIntegerKey
{
    /// <summary>Returns the owner with pets and visits, or null if there is none.</summary>
    [ReadOnly]
    Task<Owner?> GetAsync(CancellationToken cancellationToken = default);

    /// <summary>Whether the owner exists.</summary>
    [ReadOnly]
    Task<bool> ExistsAsync(CancellationToken cancellationToken = default);

    /// <summary>Creates the owner under an id that was never used.</summary>
    Task<Owner> CreateAsync(OwnerFields fields);

    /// <summary>Replaces the owner's own fields. False if there is no such owner.</summary>
    Task<bool> UpdateAsync(OwnerFields fields);

    /// <summary>Deletes the owner after its pets and their visits; goes on where a crash stopped it. False if there was no such owner.</summary>
    Task<bool> DeleteAsync();
}
