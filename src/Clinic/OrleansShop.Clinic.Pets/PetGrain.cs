using System.Collections.Immutable;
using OrleansShop.Clinic.Contracts.Owners;
using OrleansShop.Clinic.Contracts.Pets;
using OrleansShop.Clinic.Contracts.Visits;
using OrleansShop.Clinic.Hosting.Events;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Entities;

namespace OrleansShop.Clinic.Pets;

/// <summary>One pet. Its type and its visits are other grains': asked side by side, never stored here.</summary>
[GrainType("pet")]
internal sealed class PetGrain(
    [PersistentState("pet", PetsService.Name)] IPersistentState<EntityState<PetRecord>> stored, EntityKind<PetRecord> kind)
    : MigratableGrain<PetRecord>(stored, kind), IPetGrain
{
    private IVisitDirectoryGrain Visits => GrainFactory.GetGrain<IVisitDirectoryGrain>(0);

    public async Task<Pet?> GetAsync(CancellationToken cancellationToken) =>
        await ReadAsync(cancellationToken) is { } record ? await ComposeAsync(record, cancellationToken) : null;

    public async Task<int?> GetOwnerAsync(CancellationToken cancellationToken) => (await ReadAsync(cancellationToken))?.OwnerId;

    public async Task<PetCreation> CreateAsync(int ownerId, PetFields fields)
    {
        if (!await GrainFactory.GetGrain<IOwnerGrain>(ownerId).ExistsAsync())
        {
            return new PetCreation(PetChange.NoSuchOwner, null);
        }

        if (await TypeAsync(fields.TypeId) is not { } type)
        {
            return new PetCreation(PetChange.NoSuchType, null);
        }

        try
        {
            await WriteNewAsync(new PetRecord(fields.Name, fields.BirthDate, fields.TypeId, ownerId), ClinicEvent.Of(new PetAdded((int)Id, ownerId, fields)));
        }
        catch (BridgeRefusedException refused) when (refused.Reason == BridgeRefusal.ForeignKey)
        {
            // The owner or the type was deleted since it was looked up.
            var ownerIsThere = await GrainFactory.GetGrain<IOwnerGrain>(ownerId).ExistsAsync();
            return new PetCreation(ownerIsThere ? PetChange.NoSuchType : PetChange.NoSuchOwner, null);
        }

        return new PetCreation(PetChange.Done, new Pet(fields.Name, fields.BirthDate, type, (int)Id, ownerId, Visits: []));
    }

    public async Task<PetChange> UpdateAsync(PetFields fields)
    {
        if (await ReadAsync() is not { } record)
        {
            return PetChange.NoSuchPet;
        }

        if (await TypeAsync(fields.TypeId) is null)
        {
            return PetChange.NoSuchType;
        }

        try
        {
            await WriteAsync(record.With(fields), ClinicEvent.Of(new PetUpdated((int)Id, record.OwnerId, fields)));
        }
        catch (BridgeRefusedException refused) when (refused.Reason == BridgeRefusal.ForeignKey)
        {
            return PetChange.NoSuchType;
        }

        return PetChange.Done;
    }

    public async Task<bool> DeleteAsync()
    {
        if (await ReadAsync() is not { } record)
        {
            return false;
        }

        // Children first: a crash between leaves a pet with fewer visits, and the same DELETE goes on from there.
        await DeleteAfterChildrenAsync(async () =>
        {
            var visits = await Visits.IdsOfPetAsync((int)Id);
            await Task.WhenAll(visits.Select(id => GrainFactory.GetGrain<IVisitGrain>(id).DeleteAsync()));
        }, ClinicEvent.Of(new PetRemoved((int)Id, record.OwnerId)));
        return true;
    }

    private Task<PetType?> TypeAsync(int id, CancellationToken cancellationToken = default) =>
        GrainFactory.GetGrain<IPetTypeGrain>(id).GetAsync(cancellationToken);

    private async Task<Pet?> ComposeAsync(PetRecord record, CancellationToken cancellationToken)
    {
        var type = TypeAsync(record.TypeId, cancellationToken);
        var visits = VisitsAsync(cancellationToken);
        await Task.WhenAll(type, visits);

        // A type cannot go while a pet has it; without one, the pet was deleted between the two questions.
        return await type is { } named ? new Pet(record.Name, record.BirthDate, named, (int)Id, record.OwnerId, await visits) : null;
    }

    private async Task<ImmutableArray<Visit>> VisitsAsync(CancellationToken cancellationToken)
    {
        var ids = await Visits.IdsOfPetAsync((int)Id, cancellationToken);
        var visits = await Task.WhenAll(ids.Select(id => GrainFactory.GetGrain<IVisitGrain>(id).GetAsync(cancellationToken)));
        return [.. visits.OfType<Visit>()];
    }
}
