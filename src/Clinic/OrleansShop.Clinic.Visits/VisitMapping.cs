using System.Collections.Immutable;
using System.Text.Json;
using OrleansShop.Strangler.Entities;
using OrleansShop.Strangler.Index;
using OrleansShop.Strangler.Keys;
using OrleansShop.Strangler.Rows;

namespace OrleansShop.Clinic.Visits;

/// <summary>A visit in the monolith's table, and in the index, where it is found by its pet.</summary>
internal sealed class VisitMapping : IEntityMapping<VisitRecord>
{
    public const string Kind = "visit";
    public const string Pet = "pet";

    public VisitRecord FromRows(EntityRows rows) => new(rows.Row.Date("visit_date"), rows.Row.Text("description"), rows.Row.Int32("pet_id"));

    public EntityRows ToRows(EntityId id, long version, VisitRecord value) => new(Kind, $"{id}", version, Row.Of(
        ("id", id), ("pet_id", value.PetId), ("visit_date", value.Date), ("description", value.Description)));

    public (ReadOnlyMemory<byte> Document, ImmutableArray<IndexTerm> Terms) ToIndex(EntityId id, VisitRecord value) =>
        (JsonSerializer.SerializeToUtf8Bytes(value), [new IndexTerm(Pet, $"{value.PetId}")]);
}
