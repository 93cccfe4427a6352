using Orleans.Concurrency;

namespace OrleansShop.Clinic.Contracts.Vets;

/// <summary>One vet. The key is the vet's id.</summary>
[Alias("clinic.IVetGrain")]
public interface IVetGrain : IGrainWithIntegerKey
{
    /// <summary>Returns the vet with its specialties, or null if there is none.</summary>
    [ReadOnly]
    Task<Vet?> GetAsync(CancellationToken cancellationToken = default);

    /// <summary>Creates the vet under an id that was never used.</summary>
    Task<VetChange> CreateAsync(VetFields fields);

    /// <summary>Replaces the vet's fields and specialties.</summary>
    Task<VetChange> UpdateAsync(VetFields fields);

    /// <summary>Deletes the vet. False if there was none.</summary>
    Task<bool> DeleteAsync();
}
