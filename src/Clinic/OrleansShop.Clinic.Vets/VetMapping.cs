using System.Collections.Immutable;
using System.Text.Json;
using OrleansShop.Strangler.Entities;
using OrleansShop.Strangler.Index;
using OrleansShop.Strangler.Keys;
using OrleansShop.Strangler.Rows;

namespace OrleansShop.Clinic.Vets;

/// <summary>A vet in the monolith's two tables, and in the index, where it is found by its specialties.</summary>
internal sealed class VetMapping : IEntityMapping<VetRecord>
{
    public const string Kind = "vet";
    public const string Specialty = "specialty";

    private const string Links = "vet_specialties";

    public VetRecord FromRows(EntityRows rows) => new(
        rows.Row.Text("first_name"),
        rows.Row.Text("last_name"),
        [.. rows.ChildrenIn(Links).Select(link => link.Int32("specialty_id")).Order()]);

    public EntityRows ToRows(EntityId id, long version, VetRecord value) => new(
        Kind,
        $"{id}",
        version,
        Row.Of(("id", id), ("first_name", value.FirstName), ("last_name", value.LastName)),
        new Dictionary<string, IReadOnlyList<Row>>
        {
            [Links] = [.. value.SpecialtyIds.Select(specialty => Row.Of(("vet_id", id), ("specialty_id", specialty)))],
        });

    public (ReadOnlyMemory<byte> Document, ImmutableArray<IndexTerm> Terms) ToIndex(EntityId id, VetRecord value) =>
        (JsonSerializer.SerializeToUtf8Bytes(value), [.. value.SpecialtyIds.Select(specialty => new IndexTerm(Specialty, $"{specialty}"))]);
}
