using Orleans.Concurrency;

namespace OrleansShop.Clinic.Contracts.Pets;

/// <summary>One pet type. The key is its id.</summary>
[Alias("clinic.IPetTypeGrain")]
public interface IPetTypeGrain : IGrainWithIntegerKey
{
    /// <summary>Returns the pet type, or null if there is none.</summary>
    [ReadOnly]
    Task<PetType?> GetAsync(CancellationToken cancellationToken = default);

    /// <summary>Creates the pet type under an id that was never used.</summary>
    Task<PetType> CreateAsync(string name);

    /// <summary>Renames the pet type. False if there is none.</summary>
    Task<bool> UpdateAsync(string name);

    /// <summary>Deletes the pet type unless pets have it.</summary>
    Task<DeletionInUse> DeleteAsync();
}
