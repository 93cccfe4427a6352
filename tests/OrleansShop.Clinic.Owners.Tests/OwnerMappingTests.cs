using System.Text.Json;
using OrleansShop.Clinic.Contracts.Owners;
using OrleansShop.Strangler.Index;
using Xunit;

namespace OrleansShop.Clinic.Owners.Tests;

public sealed class OwnerMappingTests
{
    private static readonly OwnerFields Owner = new("Zoë", "O'Brien-Ångström", "1 Main St.", "Malmö", "0401234567");

    private readonly OwnerMapping _mapping = new();

    [Fact]
    public void An_owner_comes_back_from_its_rows_as_it_was()
    {
        var rows = _mapping.ToRows(17, version: 3, Owner);

        Assert.Equal(("owner", "17", 3L, 17), (rows.Kind, rows.Id, rows.Version, rows.Row.Int32("id")));
        Assert.Equal(Owner, _mapping.FromRows(rows));
    }

    [Fact]
    public void An_owner_is_found_by_its_last_name_with_case_folded()
    {
        var (document, terms) = _mapping.ToIndex(17, Owner);

        Assert.Equal([new IndexTerm(OwnerMapping.LastName, "O'BRIEN-ÅNGSTRÖM")], terms);
        Assert.Equal(Owner, JsonSerializer.Deserialize<OwnerFields>(document.Span));
    }

    [Theory]
    [InlineData("straße", "STRASSE", false)]
    [InlineData("ğ", "Ğ", true)]
    [InlineData("𐐨", "𐐀", true)]
    public void Case_is_folded_character_by_character(string one, string other, bool areEqual) =>
        Assert.Equal(areEqual, OwnerMapping.Fold(one) == OwnerMapping.Fold(other));
}
