using System.Collections.Immutable;
using System.Text.Json;
using OrleansShop.Clinic.Contracts.Vets;
using OrleansShop.Strangler.Entities;
using OrleansShop.Strangler.Index;

namespace OrleansShop.Clinic.Vets;

/// <summary>Vets and specialties as many at a time, from the index. No other service asks for them, so they are only needed while the capability is in the grains.</summary>
internal sealed class VetRows([FromKeyedServices(VetsService.Name)] SettledIndex index, IGrainFactory grains)
{
    /// <summary>All vets with their specialties, ordered by id.</summary>
    public async Task<ImmutableArray<Vet>> VetsAsync(CancellationToken cancellationToken)
    {
        var specialties = (await SpecialtiesAsync(cancellationToken)).ToDictionary(specialty => specialty.Id);
        var page = await QueryVetsAsync(new IndexQuery(VetMapping.Kind), cancellationToken);
        return
        [
            .. page.Documents.Select(document => VetView.Of(
                (int)document.Id, JsonSerializer.Deserialize<VetRecord>(document.Document.Span)!, id => specialties.GetValueOrDefault(id))),
        ];
    }

    /// <summary>All specialties, ordered by id.</summary>
    public async Task<ImmutableArray<Specialty>> SpecialtiesAsync(CancellationToken cancellationToken)
    {
        var page = await index.QueryAsync(
            new IndexQuery(SpecialtyMapping.Kind), id => grains.GetEntity<ISpecialtyGrain>(id), cancellationToken);
        return [.. page.Documents.Select(document => new Specialty((int)document.Id, JsonSerializer.Deserialize<SpecialtyRecord>(document.Document.Span)!.Name))];
    }

    /// <summary>The ids of the vets that have a specialty, ascending.</summary>
    public async Task<ImmutableArray<int>> VetIdsWithAsync(int specialtyId, CancellationToken cancellationToken)
    {
        var page = await QueryVetsAsync(new IndexQuery(VetMapping.Kind, VetMapping.Specialty, [$"{specialtyId}"]), cancellationToken);
        return [.. page.Documents.Select(document => (int)document.Id)];
    }

    private Task<IndexPage> QueryVetsAsync(IndexQuery query, CancellationToken cancellationToken) =>
        index.QueryAsync(query, id => grains.GetEntity<IVetGrain>(id), cancellationToken);
}
