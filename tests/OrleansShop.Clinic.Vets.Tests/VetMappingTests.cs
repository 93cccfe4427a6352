using System.Text.Json;
using OrleansShop.Strangler.Index;
using Xunit;

namespace OrleansShop.Clinic.Vets.Tests;

public sealed class VetMappingTests
{
    private static readonly VetRecord Vet = new("Linda", "Douglas", [2, 3]);

    private readonly VetMapping _mapping = new();

    [Fact]
    public void A_vet_comes_back_from_its_rows_as_it_was()
    {
        var rows = _mapping.ToRows(3, version: 4, Vet);
        var back = _mapping.FromRows(rows);

        Assert.Equal([(3, 2), (3, 3)], rows.ChildrenIn("vet_specialties").Select(link => (link.Int32("vet_id"), link.Int32("specialty_id"))));
        Assert.Equal((Vet.FirstName, Vet.LastName), (back.FirstName, back.LastName));
        Assert.Equal(Vet.SpecialtyIds.AsEnumerable(), back.SpecialtyIds);
    }

    [Fact]
    public void A_vet_without_specialties_has_no_rows_of_them()
    {
        var rows = _mapping.ToRows(1, version: 1, new VetRecord("James", "Carter", []));

        Assert.Empty(rows.ChildrenIn("vet_specialties"));
        Assert.Empty(_mapping.FromRows(rows).SpecialtyIds);
    }

    [Fact]
    public void A_vet_is_found_by_each_of_its_specialties()
    {
        var (document, terms) = _mapping.ToIndex(3, Vet);

        Assert.Equal([new IndexTerm(VetMapping.Specialty, "2"), new IndexTerm(VetMapping.Specialty, "3")], terms);
        Assert.Equal("Douglas", JsonSerializer.Deserialize<VetRecord>(document.Span)!.LastName);
    }

    [Fact]
    public void A_specialty_comes_back_from_its_rows_as_it_was()
    {
        var mapping = new SpecialtyMapping();

        Assert.Equal(new SpecialtyRecord("surgery"), mapping.FromRows(mapping.ToRows(2, version: 1, new SpecialtyRecord("surgery"))));
    }
}
