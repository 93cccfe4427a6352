using Orleans.Concurrency;

namespace OrleansShop.Clinic.Contracts.Pets;

/// <summary>One pet, wherever it lives. The key is the pet's id.</summary>
[Alias("clinic.IPetGrain")]
public interface IPetGrain : IGrainWithIntegerKey
{
    /// <summary>Returns the pet with its visits, or null if there is none.</summary>
    [ReadOnly]
    Task<Pet?> GetAsync(CancellationToken cancellationToken = default);

    /// <summary>Returns the id of the pet's owner, or null if there is no such pet.</summary>
    [ReadOnly]
    Task<int?> GetOwnerAsync(CancellationToken cancellationToken = default);

    /// <summary>Creates the pet under an id that was never used.</summary>
    Task<PetCreation> CreateAsync(int ownerId, PetFields fields);

    /// <summary>Replaces the pet's own fields. The owner stays.</summary>
    Task<PetChange> UpdateAsync(PetFields fields);

    /// <summary>Deletes the pet after its visits; goes on where a crash stopped it. False if there was no such pet.</summary>
    Task<bool> DeleteAsync();
}
