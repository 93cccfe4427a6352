using Orleans.Concurrency;

namespace OrleansShop.Clinic.Contracts.Vets;

/// <summary>One specialty. The key is its id.</summary>
[Alias("clinic.ISpecialtyGrain")]
public interface ISpecialtyGrain : IGrainWithIntegerKey
{
    /// <summary>Returns the specialty, or null if there is none.</summary>
    [ReadOnly]
    Task<Specialty?> GetAsync(CancellationToken cancellationToken = default);

    /// <summary>Creates the specialty under an id that was never used.</summary>
    Task<Specialty> CreateAsync(string name);

    /// <summary>Renames the specialty. False if there is none.</summary>
    Task<bool> UpdateAsync(string name);

    /// <summary>Deletes the specialty unless vets have it.</summary>
    Task<DeletionInUse> DeleteAsync();
}
