using System.Collections.Immutable;
using OrleansShop.Clinic.Contracts.Vets;
using OrleansShop.Clinic.Hosting.Events;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Entities;
using OrleansShop.Strangler.Outbox;

namespace OrleansShop.Clinic.Vets;

/// <summary>One vet.</summary>
[GrainType("vet")]
internal sealed class VetGrain(
    [PersistentState("vet", VetsService.Name)] IPersistentState<EntityState<VetRecord>> stored, EntityKind<VetRecord> kind, VetRows rows)
    : MigratableGrain<VetRecord>(stored, kind), IVetGrain
{
    public async Task<Vet?> GetAsync(CancellationToken cancellationToken) =>
        await ReadAsync(cancellationToken) is { } record ? await ComposeAsync(record, cancellationToken) : null;

    public Task<VetChange> CreateAsync(VetFields fields) => StoreAsync(fields, record => ClinicEvent.Of(new VetRegistered((int)Id, record.FirstName, record.LastName, record.SpecialtyIds)));

    public async Task<VetChange> UpdateAsync(VetFields fields) =>
        await ReadAsync() is null
            ? new VetChange(Found: false, UnknownSpecialties: [], Vet: null)
            : await StoreAsync(fields, record => ClinicEvent.Of(new VetUpdated((int)Id, record.FirstName, record.LastName, record.SpecialtyIds)));

    public async Task<bool> DeleteAsync()
    {
        if (await ReadAsync() is null)
        {
            return false;
        }

        await WriteAsync(null, ClinicEvent.Of(new VetRemoved((int)Id)));
        return true;
    }

    private async Task<VetChange> StoreAsync(VetFields fields, Func<VetRecord, NewEvent> eventOf)
    {
        var (ids, unknown) = await ResolveAsync(fields.Specialties);
        if (!unknown.IsEmpty)
        {
            return new VetChange(Found: true, unknown, Vet: null);
        }

        var record = new VetRecord(fields.FirstName, fields.LastName, ids);
        try
        {
            await WriteAsync(record, eventOf(record));
        }
        catch (BridgeRefusedException refused) when (refused.Reason == BridgeRefusal.ForeignKey)
        {
            // A specialty was deleted since it was looked up.
            (_, unknown) = await ResolveAsync(fields.Specialties);
            return new VetChange(Found: true, unknown, Vet: null);
        }

        return new VetChange(Found: true, UnknownSpecialties: [], await ComposeAsync(record, CancellationToken.None));
    }

    /// <summary>The ids of the named specialties, each once, ascending; and the places of those that do not exist.</summary>
    private async Task<(ImmutableArray<int> Ids, ImmutableArray<int> Unknown)> ResolveAsync(ImmutableArray<SpecialtyReference> references)
    {
        if (references.IsEmpty)
        {
            return ([], []);
        }

        var known = await rows.SpecialtiesAsync(CancellationToken.None);
        var ids = references.Select(reference => reference.Id is { } id
            ? known.FirstOrDefault(specialty => specialty.Id == id)?.Id
            : known.FirstOrDefault(specialty => specialty.Name == reference.Name)?.Id).ToList();
        return ([.. ids.OfType<int>().Distinct().Order()], [.. Enumerable.Range(0, ids.Count).Where(place => ids[place] is null)]);
    }

    private async Task<Vet> ComposeAsync(VetRecord record, CancellationToken cancellationToken)
    {
        var specialties = await Task.WhenAll(record.SpecialtyIds.Select(id => GrainFactory.GetGrain<ISpecialtyGrain>(id).GetAsync(cancellationToken)));
        return VetView.Of((int)Id, record, id => specialties.FirstOrDefault(specialty => specialty?.Id == id));
    }
}
