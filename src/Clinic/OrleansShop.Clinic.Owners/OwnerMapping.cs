using System.Collections.Immutable;
using System.Text.Json;
using OrleansShop.Clinic.Contracts.Owners;
using OrleansShop.Strangler.Entities;
using OrleansShop.Strangler.Index;
using OrleansShop.Strangler.Keys;
using OrleansShop.Strangler.Rows;

namespace OrleansShop.Clinic.Owners;

/// <summary>An owner in the monolith's table, and in the index, where it is found by the start of its last name, case ignored.</summary>
internal sealed class OwnerMapping : IEntityMapping<OwnerFields>
{
    public const string Kind = "owner";

    /// <summary>The term that searches by last name select by; its values are folded with <see cref="Fold"/>.</summary>
    public const string LastName = "last-name";

    /// <summary>Upper case, character by character, in all of Unicode: what the monolith compares by, too.</summary>
    public static string Fold(string text) => text.ToUpperInvariant();

    public OwnerFields FromRows(EntityRows rows) => new(
        rows.Row.Text("first_name"), rows.Row.Text("last_name"), rows.Row.Text("address"), rows.Row.Text("city"), rows.Row.Text("telephone"));

    public EntityRows ToRows(EntityId id, long version, OwnerFields value) => new(Kind, $"{id}", version, Row.Of(
        ("id", id),
        ("first_name", value.FirstName),
        ("last_name", value.LastName),
        ("address", value.Address),
        ("city", value.City),
        ("telephone", value.Telephone)));

    public (ReadOnlyMemory<byte> Document, ImmutableArray<IndexTerm> Terms) ToIndex(EntityId id, OwnerFields value) =>
        (JsonSerializer.SerializeToUtf8Bytes(value), [new IndexTerm(LastName, Fold(value.LastName))]);
}
