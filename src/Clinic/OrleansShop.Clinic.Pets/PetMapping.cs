using System.Collections.Immutable;
using System.Text.Json;
using OrleansShop.Strangler.Entities;
using OrleansShop.Strangler.Index;
using OrleansShop.Strangler.Keys;
using OrleansShop.Strangler.Rows;

namespace OrleansShop.Clinic.Pets;

/// <summary>A pet in the monolith's table, and in the index, where it is found by its owner and by its type.</summary>
internal sealed class PetMapping : IEntityMapping<PetRecord>
{
    public const string Kind = "pet";
    public const string Owner = "owner";
    public const string Type = "type";

    public PetRecord FromRows(EntityRows rows) => new(
        rows.Row.Text("name"), rows.Row.Date("birth_date"), rows.Row.Int32("type_id"), rows.Row.Int32("owner_id"));

    public EntityRows ToRows(EntityId id, long version, PetRecord value) => new(Kind, $"{id}", version, Row.Of(
        ("id", id), ("name", value.Name), ("birth_date", value.BirthDate), ("type_id", value.TypeId), ("owner_id", value.OwnerId)));

    public (ReadOnlyMemory<byte> Document, ImmutableArray<IndexTerm> Terms) ToIndex(EntityId id, PetRecord value) =>
        (JsonSerializer.SerializeToUtf8Bytes(value), [new IndexTerm(Owner, $"{value.OwnerId}"), new IndexTerm(Type, $"{value.TypeId}")]);
}
