using OrleansShop.Clinic.Contracts.Pets;
using OrleansShop.Clinic.Contracts.Visits;
using OrleansShop.Clinic.Http.Time;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Entities;

namespace OrleansShop.Clinic.Visits;

/// <summary>One visit.</summary>
[GrainType("visit")]
internal sealed class VisitGrain(
    [PersistentState("visit", VisitsService.Name)] IPersistentState<EntityState<VisitRecord>> stored, EntityKind<VisitRecord> kind, TimeProvider time)
    : MigratableGrain<VisitRecord>(stored, kind), IVisitGrain
{
    public async Task<Visit?> GetAsync(CancellationToken cancellationToken) => (await ReadAsync(cancellationToken))?.ToVisit(Id);

    public async Task<Visit?> CreateAsync(int petId, VisitFields fields)
    {
        if (await GrainFactory.GetGrain<IPetGrain>(petId).GetOwnerAsync() is null)
        {
            return null;
        }

        var record = new VisitRecord(fields.Date ?? time.Today(), fields.Description, petId);
        try
        {
            await WriteAsync(record);
        }
        catch (BridgeRefusedException refused) when (refused.Reason == BridgeRefusal.ForeignKey)
        {
            // The pet was deleted since it was looked up.
            return null;
        }

        return record.ToVisit(Id);
    }

    public async Task<bool> UpdateAsync(VisitFields fields)
    {
        if (await ReadAsync() is not { } record)
        {
            return false;
        }

        await WriteAsync(record.With(fields));
        return true;
    }

    public async Task<bool> DeleteAsync()
    {
        if (await ReadAsync() is null)
        {
            return false;
        }

        await WriteAsync(null);
        return true;
    }
}
