using System.Collections.Immutable;
using System.Text.Json;
using OrleansShop.Strangler.Entities;
using OrleansShop.Strangler.Index;
using OrleansShop.Strangler.Keys;
using OrleansShop.Strangler.Rows;

namespace OrleansShop.Clinic.Vets;

/// <summary>A specialty in the monolith's table and in the index.</summary>
internal sealed class SpecialtyMapping : IEntityMapping<SpecialtyRecord>
{
    public const string Kind = "specialty";

    public SpecialtyRecord FromRows(EntityRows rows) => new(rows.Row.Text("name"));

    public EntityRows ToRows(EntityId id, long version, SpecialtyRecord value) => new(Kind, $"{id}", version, Row.Of(("id", id), ("name", value.Name)));

    public (ReadOnlyMemory<byte> Document, ImmutableArray<IndexTerm> Terms) ToIndex(EntityId id, SpecialtyRecord value) =>
        (JsonSerializer.SerializeToUtf8Bytes(value), []);
}
