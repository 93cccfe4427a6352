using OrleansShop.Clinic.Contracts.Owners;
using OrleansShop.Clinic.Contracts.Pets;
using OrleansShop.Clinic.Hosting.Events;
using OrleansShop.Strangler.Entities;

namespace OrleansShop.Clinic.Owners;

/// <summary>One owner. Pets and visits are other services' grains: asked side by side, never stored here.</summary>
[GrainType("owner")]
internal sealed class OwnerGrain(
    [PersistentState("owner", OwnersService.Name)] IPersistentState<EntityState<OwnerFields>> stored, EntityKind<OwnerFields> kind)
    : MigratableGrain<OwnerFields>(stored, kind), IOwnerGrain
{
    private IPetDirectoryGrain Pets => GrainFactory.GetGrain<IPetDirectoryGrain>(0);

    public async Task<Owner?> GetAsync(CancellationToken cancellationToken) =>
        await ReadAsync(cancellationToken) is { } fields ? await ComposeAsync(fields, cancellationToken) : null;

    public async Task<bool> ExistsAsync(CancellationToken cancellationToken) => await ReadAsync(cancellationToken) is not null;

    public async Task<Owner> CreateAsync(OwnerFields fields)
    {
        await WriteNewAsync(fields, ClinicEvent.Of(new OwnerRegistered((int)Id, fields)));
        return OwnerView.Of((int)Id, fields, pets: []);
    }

    public async Task<bool> UpdateAsync(OwnerFields fields)
    {
        if (await ReadAsync() is null)
        {
            return false;
        }

        await WriteAsync(fields, ClinicEvent.Of(new OwnerUpdated((int)Id, fields)));
        return true;
    }

    public async Task<bool> DeleteAsync()
    {
        if (await ReadAsync() is null)
        {
            return false;
        }

        // Children first: a crash between leaves an owner with fewer pets, and the same DELETE goes on from there.
        await DeleteAfterChildrenAsync(async () =>
        {
            var pets = await Pets.IdsOfOwnerAsync((int)Id);
            await Task.WhenAll(pets.Select(id => GrainFactory.GetGrain<IPetGrain>(id).DeleteAsync()));
        }, ClinicEvent.Of(new OwnerRemoved((int)Id)));
        return true;
    }

    private async Task<Owner> ComposeAsync(OwnerFields fields, CancellationToken cancellationToken)
    {
        var ids = await Pets.IdsOfOwnerAsync((int)Id, cancellationToken);
        var pets = await Task.WhenAll(ids.Select(id => GrainFactory.GetGrain<IPetGrain>(id).GetAsync(cancellationToken)));

        // A pet that was deleted between the two questions is not there any more, which is right.
        return OwnerView.Of((int)Id, fields, [.. pets.OfType<Pet>()]);
    }
}
