using System.Text.Json;
using OrleansShop.Clinic.Contracts.Visits;
using OrleansShop.Strangler.Index;
using Xunit;

namespace OrleansShop.Clinic.Visits.Tests;

public sealed class VisitMappingTests
{
    private static readonly VisitRecord Visit = new(new DateOnly(2024, 2, 29), "größer geworden", PetId: 7);

    private readonly VisitMapping _mapping = new();

    [Fact]
    public void A_visit_comes_back_from_its_rows_as_it_was()
    {
        var rows = _mapping.ToRows(9, version: 1, Visit);

        Assert.Equal("2024-02-29", rows.Row.Text("visit_date"));
        Assert.Equal(Visit, _mapping.FromRows(rows));
    }

    [Fact]
    public void A_visit_is_found_by_its_pet()
    {
        var (document, terms) = _mapping.ToIndex(9, Visit);

        Assert.Equal([new IndexTerm(VisitMapping.Pet, "7")], terms);
        Assert.Equal(Visit, JsonSerializer.Deserialize<VisitRecord>(document.Span));
    }

    [Fact]
    public void A_change_without_a_date_keeps_the_date() =>
        Assert.Equal(Visit with { Description = "x" }, Visit.With(new VisitFields(Date: null, "x")));
}
