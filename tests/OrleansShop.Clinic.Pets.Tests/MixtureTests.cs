using OrleansShop.Clinic.Testing;
using OrleansShop.Clinic.Testing.Talking;
using Xunit;

namespace OrleansShop.Clinic.Pets.Tests;

/// <summary>Owners, pets and visits refer to each other, wherever each of them lives.</summary>
public sealed class MixtureTests
{
    private const string Ada = """{"firstName":"Ada","lastName":"Lovelace","address":"12 St James","city":"London","telephone":"5551234"}""";
    private const string Rex = """{"name":"Rex","birthDate":"2020-02-29","type":{"id":2}}""";

    private static readonly Request[] Lists =
        [Request.Get("owners"), Request.Get("v2/owners?size=4&page=2"), Request.Get("pets"), Request.Get("v2/pets?size=7&page=1"), Request.Get("visits"), Request.Get("pettypes")];

    private static readonly Request[] Conversation =
    [
        .. Lists,
        Request.Get("owners/6"),
        Request.Get("owners/6/pets/8"),
        Request.Get("pets/8"),
        Request.Post("owners", Ada),
        Request.Post("owners/11/pets", Rex),
        Request.Post("owners/11/pets/14/visits", """{"description":"checked","date":"2024-05-06"}"""),
        Request.Post("visits", """{"description":"neutered","date":"2024-05-07","petId":14}"""),
        Request.Get("owners/11"),
        Request.Put("owners/11", Ada.Replace("Ada", "Augusta", StringComparison.Ordinal)),
        Request.Put("owners/11/pets/14", Rex.Replace("Rex", "Max", StringComparison.Ordinal)),
        Request.Put("visits/5", """{"description":"checked again"}"""),
        Request.Get("owners/11"),
        Request.Get("pets/14"),
        Request.Get("owners/11/pets/14"),
        .. Lists,
        Request.Delete("visits/6"),
        Request.Get("owners/11"),
        Request.Post("owners/10/pets", Rex),
        Request.Post("owners/10/pets/15/visits", """{"description":"checked","date":"2024-05-06"}"""),
        Request.Delete("pets/15"),
        Request.Get("visits/7"),
        Request.Get("owners/10"),
        Request.Delete("owners/6"),
        Request.Get("owners/6"),
        Request.Get("pets/7"),
        Request.Get("visits/1"),
        Request.Delete("owners/11"),
        .. Lists,
        Request.Delete("owners/11"),
        Request.Post("owners/11/pets", Rex),
        Request.Post("owners/1/pets/14/visits", """{"description":"checked"}"""),
        Request.Post("visits", """{"description":"checked","petId":14}"""),
        Request.Get("owners/1/pets/14"),
    ];

    [Theory]
    [InlineData("owners")]
    [InlineData("pets")]
    [InlineData("visits")]
    [InlineData("owners pets")]
    [InlineData("owners visits")]
    [InlineData("pets visits")]
    [InlineData("owners pets visits")]
    public async Task Whoever_of_them_has_moved_clients_see_no_difference_and_there_is_a_way_back(string inGrains)
    {
        var moved = inGrains.Split(' ');
        await using var monolith = await ClinicUnderTest.StartAsync();
        await using var mixed = await ClinicUnderTest.StartInGrainsAsync(moved);

        await SameAnswers.AssertAsync(Conversation, monolith.SendAsync, mixed.SendAsync);
        await SameAnswers.AssertAsync(Lists, monolith.SendToMonolithAsync, mixed.SendToMonolithAsync);

        await mixed.RestartServicesAsync();
        await SameAnswers.AssertAsync(Lists, monolith.SendAsync, mixed.SendAsync);

        foreach (var capability in moved) await mixed.ToMonolithAsync(capability);
        await SameAnswers.AssertAsync(Lists, monolith.SendAsync, mixed.SendAsync);
    }

    [Fact]
    public async Task An_owner_in_the_monolith_is_deleted_with_what_has_moved()
    {
        await using var clinic = await ClinicUnderTest.StartInGrainsAsync("visits");

        // The gateway sends it to the service, because visits have moved; there the owner and its pets are still the monolith's.
        var answer = await clinic.SendToServicesAsync(Request.Delete("owners/6"));

        Assert.Equal(System.Net.HttpStatusCode.NoContent, answer.Status);
        Assert.Equal("[]", (await clinic.SendToServicesAsync(Request.Get("visits"))).Text);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await clinic.SendToMonolithAsync(Request.Get("pets/7"))).Status);
    }
}
