using System.Collections.Immutable;
using System.Text.Json;
using OrleansShop.Strangler.Entities;
using OrleansShop.Strangler.Index;
using OrleansShop.Strangler.Keys;
using OrleansShop.Strangler.Rows;

namespace OrleansShop.Clinic.Pets;

/// <summary>A pet type in the monolith's table and in the index.</summary>
internal sealed class PetTypeMapping : IEntityMapping<PetTypeRecord>
{
    public const string Kind = "pet-type";

    public PetTypeRecord FromRows(EntityRows rows) => new(rows.Row.Text("name"));

    public EntityRows ToRows(EntityId id, long version, PetTypeRecord value) => new(Kind, $"{id}", version, Row.Of(("id", id), ("name", value.Name)));

    public (ReadOnlyMemory<byte> Document, ImmutableArray<IndexTerm> Terms) ToIndex(EntityId id, PetTypeRecord value) =>
        (JsonSerializer.SerializeToUtf8Bytes(value), []);
}
