using OrleansShop.Clinic.Contracts;
using OrleansShop.Clinic.Contracts.Pets;
using OrleansShop.Clinic.Hosting.Events;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Entities;

namespace OrleansShop.Clinic.Pets;

/// <summary>One pet type.</summary>
[GrainType("pet-type")]
internal sealed class PetTypeGrain(
    [PersistentState("pet-type", PetsService.Name)] IPersistentState<EntityState<PetTypeRecord>> stored, EntityKind<PetTypeRecord> kind, PetRows pets)
    : MigratableGrain<PetTypeRecord>(stored, kind), IPetTypeGrain
{
    public async Task<PetType?> GetAsync(CancellationToken cancellationToken) =>
        await ReadAsync(cancellationToken) is { } record ? new PetType(record.Name, (int)Id) : null;

    public async Task<PetType> CreateAsync(string name)
    {
        await WriteNewAsync(new PetTypeRecord(name), ClinicEvent.Of(new PetTypeAdded((int)Id, name)));
        return new PetType(name, (int)Id);
    }

    public async Task<bool> UpdateAsync(string name)
    {
        if (await ReadAsync() is null)
        {
            return false;
        }

        await WriteAsync(new PetTypeRecord(name), ClinicEvent.Of(new PetTypeUpdated((int)Id, name)));
        return true;
    }

    public async Task<DeletionInUse> DeleteAsync()
    {
        if (await ReadAsync() is null)
        {
            return new DeletionInUse(Found: false, Blockers: []);
        }

        var blockers = await pets.IdsOfTypeAsync((int)Id, CancellationToken.None);
        if (!blockers.IsEmpty)
        {
            return new DeletionInUse(Found: true, blockers);
        }

        try
        {
            await WriteAsync(null, ClinicEvent.Of(new PetTypeRemoved((int)Id)));
        }
        catch (BridgeRefusedException refused) when (refused.Reason == BridgeRefusal.ForeignKey)
        {
            // A pet of this type was added since they were counted.
            return new DeletionInUse(Found: true, await pets.IdsOfTypeAsync((int)Id, CancellationToken.None));
        }

        return new DeletionInUse(Found: true, Blockers: []);
    }
}
