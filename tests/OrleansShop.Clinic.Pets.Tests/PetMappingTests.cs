using System.Text.Json;
using OrleansShop.Strangler.Index;
using Xunit;

namespace OrleansShop.Clinic.Pets.Tests;

public sealed class PetMappingTests
{
    private static readonly PetRecord Pet = new("Ślimak 🐌", new DateOnly(2020, 2, 29), TypeId: 3, OwnerId: 17);

    [Fact]
    public void A_pet_comes_back_from_its_rows_as_it_was()
    {
        var mapping = new PetMapping();
        var rows = mapping.ToRows(5, version: 2, Pet);

        Assert.Equal(("pet", "5", 2L, "2020-02-29"), (rows.Kind, rows.Id, rows.Version, rows.Row.Text("birth_date")));
        Assert.Equal(Pet, mapping.FromRows(rows));
    }

    [Fact]
    public void A_pet_is_found_by_its_owner_and_by_its_type()
    {
        var (document, terms) = new PetMapping().ToIndex(5, Pet);

        Assert.Equal([new IndexTerm(PetMapping.Owner, "17"), new IndexTerm(PetMapping.Type, "3")], terms);
        Assert.Equal(Pet, JsonSerializer.Deserialize<PetRecord>(document.Span));
    }

    [Fact]
    public void A_pet_type_comes_back_from_its_rows_as_it_was()
    {
        var mapping = new PetTypeMapping();
        var rows = mapping.ToRows(3, version: 1, new PetTypeRecord("axolotl"));

        Assert.Equal(("pet-type", "3"), (rows.Kind, rows.Id));
        Assert.Equal(new PetTypeRecord("axolotl"), mapping.FromRows(rows));
        Assert.Empty(mapping.ToIndex(3, new PetTypeRecord("axolotl")).Terms);
    }
}
