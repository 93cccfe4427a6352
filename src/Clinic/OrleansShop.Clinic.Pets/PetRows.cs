using System.Collections.Immutable;
using System.Text.Json;
using OrleansShop.Clinic.Contracts.Pets;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Entities;
using OrleansShop.Strangler.Index;

namespace OrleansShop.Clinic.Pets;

/// <summary>
/// Pets and pet types as many at a time, without activating them: from the index while it has all of them, else from the monolith's rows. This is
/// the one place where that is decided for pets.
/// </summary>
internal sealed class PetRows([FromKeyedServices(PetsService.Name)] SettledIndex index, EntityKind<PetRecord> pets, EntityKind<PetTypeRecord> types, IGrainFactory grains)
{
    /// <summary>Below what one query of the index takes.</summary>
    private const int MaxValuesPerQuery = 5000;

    public Task<ImmutableArray<int>> IdsOfTypeAsync(int typeId, CancellationToken cancellationToken) =>
        IdsAsync(PetMapping.Type, "type_id", typeId, cancellationToken);

    public Task<ImmutableArray<int>> IdsOfOwnerAsync(int ownerId, CancellationToken cancellationToken) =>
        IdsAsync(PetMapping.Owner, "owner_id", ownerId, cancellationToken);

    /// <summary>The pets of some owners, ordered by id.</summary>
    public Task<ImmutableArray<(int Id, PetRecord Pet)>> OfOwnersAsync(ImmutableArray<int> ownerIds, CancellationToken cancellationToken) =>
        ByAsync(PetMapping.Owner, "owner_id", ownerIds, cancellationToken);

    /// <summary>All pets, or a page of them, ordered by id. Only while the index has all of them.</summary>
    public async Task<(ImmutableArray<(int Id, PetRecord Pet)> Pets, long Total)> PageAsync(IndexQuery query, CancellationToken cancellationToken)
    {
        var page = await index.QueryAsync(query, id => grains.GetEntity<IPetGrain>(id), cancellationToken);
        return ([.. page.Documents.Select(document => ((int)document.Id, JsonSerializer.Deserialize<PetRecord>(document.Document.Span)!))], page.Total);
    }

    /// <summary>All pet types by id.</summary>
    public async Task<ImmutableSortedDictionary<int, PetType>> TypesAsync(CancellationToken cancellationToken)
    {
        if (await IsIndexedAsync())
        {
            var page = await index.QueryAsync(
                new IndexQuery(PetTypeMapping.Kind), id => grains.GetEntity<IPetTypeGrain>(id), cancellationToken);
            return page.Documents.ToImmutableSortedDictionary(
                document => (int)document.Id,
                document => new PetType(JsonSerializer.Deserialize<PetTypeRecord>(document.Document.Span)!.Name, (int)document.Id));
        }

        var found = ImmutableSortedDictionary.CreateBuilder<int, PetType>();
        await foreach (var rows in types.Bridge.ReadAllAsync(types.Manifest, cancellationToken))
        {
            var id = rows.Row.Int32("id");
            found.Add(id, new PetType(types.Mapping.FromRows(rows).Name, id));
        }

        return found.ToImmutable();
    }

    private async Task<ImmutableArray<int>> IdsAsync(string term, string column, int value, CancellationToken cancellationToken) =>
        [.. (await ByAsync(term, column, [value], cancellationToken)).Select(pet => pet.Id)];

    private async Task<ImmutableArray<(int Id, PetRecord Pet)>> ByAsync(
        string term, string column, ImmutableArray<int> values, CancellationToken cancellationToken)
    {
        var isIndexed = await IsIndexedAsync();
        var found = new List<(int Id, PetRecord Pet)>();
        foreach (var chunk in values.Select(value => $"{value}").Chunk(MaxValuesPerQuery))
        {
            found.AddRange(isIndexed
                ? (await PageAsync(new IndexQuery(PetMapping.Kind, term, [.. chunk]), cancellationToken)).Pets
                : await FromMonolithAsync(column, chunk, cancellationToken));
        }

        return [.. found.OrderBy(pet => pet.Id)];
    }

    private async Task<List<(int Id, PetRecord Pet)>> FromMonolithAsync(string column, string[] values, CancellationToken cancellationToken)
    {
        var found = new List<(int Id, PetRecord Pet)>();
        await foreach (var rows in pets.Bridge.ReadByReferenceAsync(pets.Manifest, column, values, cancellationToken))
        {
            found.Add((rows.Row.Int32("id"), pets.Mapping.FromRows(rows)));
        }

        return found;
    }

    private async Task<bool> IsIndexedAsync() => (await pets.Capability.GetAsync()).ListsComeFromGrains;
}
