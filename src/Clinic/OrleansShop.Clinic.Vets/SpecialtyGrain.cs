using OrleansShop.Clinic.Contracts;
using OrleansShop.Clinic.Contracts.Vets;
using OrleansShop.Clinic.Hosting.Events;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Entities;

namespace OrleansShop.Clinic.Vets;

/// <summary>One specialty.</summary>
[GrainType("specialty")]
internal sealed class SpecialtyGrain(
    [PersistentState("specialty", VetsService.Name)] IPersistentState<EntityState<SpecialtyRecord>> stored, EntityKind<SpecialtyRecord> kind, VetRows rows)
    : MigratableGrain<SpecialtyRecord>(stored, kind), ISpecialtyGrain
{
    public async Task<Specialty?> GetAsync(CancellationToken cancellationToken) =>
        await ReadAsync(cancellationToken) is { } record ? new Specialty((int)Id, record.Name) : null;

    public async Task<Specialty> CreateAsync(string name)
    {
        await WriteNewAsync(new SpecialtyRecord(name), ClinicEvent.Of(new SpecialtyAdded((int)Id, name)));
        return new Specialty((int)Id, name);
    }

    public async Task<bool> UpdateAsync(string name)
    {
        if (await ReadAsync() is null)
        {
            return false;
        }

        await WriteAsync(new SpecialtyRecord(name), ClinicEvent.Of(new SpecialtyUpdated((int)Id, name)));
        return true;
    }

    public async Task<DeletionInUse> DeleteAsync()
    {
        if (await ReadAsync() is null)
        {
            return new DeletionInUse(Found: false, Blockers: []);
        }

        var blockers = await rows.VetIdsWithAsync((int)Id, CancellationToken.None);
        if (!blockers.IsEmpty)
        {
            return new DeletionInUse(Found: true, blockers);
        }

        try
        {
            await WriteAsync(null, ClinicEvent.Of(new SpecialtyRemoved((int)Id)));
        }
        catch (BridgeRefusedException refused) when (refused.Reason == BridgeRefusal.ForeignKey)
        {
            // A vet was given this specialty since they were counted.
            return new DeletionInUse(Found: true, await rows.VetIdsWithAsync((int)Id, CancellationToken.None));
        }

        return new DeletionInUse(Found: true, Blockers: []);
    }
}
