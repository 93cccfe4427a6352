using Orleans.Concurrency;

namespace OrleansShop.Clinic.Contracts.Visits;

/// <summary>One visit, wherever it lives. The key is the visit's id.</summary>
[Alias("clinic.IVisitGrain")]
public interface IVisitGrain : IGrainWithIntegerKey
{
    /// <summary>Returns the visit, or null if there is none.</summary>
    [ReadOnly]
    Task<Visit?> GetAsync(CancellationToken cancellationToken = default);

    /// <summary>Creates the visit under an id that was never used. Null if there is no such pet.</summary>
    Task<Visit?> CreateAsync(int petId, VisitFields fields);

    /// <summary>Replaces the visit's own fields. The pet stays. False if there is no such visit.</summary>
    Task<bool> UpdateAsync(VisitFields fields);

    /// <summary>Deletes the visit. False if there was none.</summary>
    Task<bool> DeleteAsync();
}
