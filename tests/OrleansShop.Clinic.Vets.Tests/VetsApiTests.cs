using OrleansShop.Clinic.Testing;
using OrleansShop.Clinic.Testing.Talking;
using Xunit;

namespace OrleansShop.Clinic.Vets.Tests;

public sealed class VetsApiTests
{
    private static readonly Request[] Lists = [Request.Get("vets"), Request.Get("specialties")];

    private static readonly Request[] Conversation =
    [
        .. Lists,
        Request.Get("vets/3"),
        Request.Get("vets/99"),
        Request.Get("vets/x"),
        Request.Get("specialties/2"),
        Request.Get("specialties/99"),
        Request.Post("specialties", """{"name":"acupuncture"}"""),
        Request.Post("specialties", """{"name":"surgery"}"""),
        Request.Post("specialties", """{"name":1}"""),
        Request.Put("specialties/4", """{"name":"massage"}"""),
        Request.Put("specialties/99", """{"name":"massage"}"""),
        Request.Post("vets", """{"firstName":"Ana","lastName":"Lee","specialties":[{"name":"surgery"},{"id":4,"name":"wrong"},{"id":4}]}"""),
        Request.Post("vets", """{"firstName":"Ana","lastName":"Lee","specialties":[]}"""),
        Request.Get("vets/7"),
        Request.Put("vets/7", """{"firstName":"Ana","lastName":"Lee-Smith","specialties":[{"id":3},{"id":1}]}"""),
        Request.Get("vets/7"),
        Request.Put("vets/7", """{"firstName":"Ana","lastName":"Lee","specialties":[{"id":99},{"id":1},{"name":"Surgery"}]}"""),
        Request.Put("vets/99", """{"firstName":"Ana","lastName":"Lee","specialties":[{"id":99}]}"""),
        Request.Put("vets/99", """{"firstName":"Ana","lastName":"Lee","specialties":[{}]}"""),
        Request.Put("vets/7", """{"firstName":"Ana","lastName":"Lee"}"""),
        Request.Put("vets/7", """{"firstName":"Ana","lastName":"Lee","specialties":[1,{"id":-1}]}"""),
        Request.Delete("specialties/1"),
        Request.Delete("specialties/4"),
        Request.Delete("specialties/4"),
        Request.Delete("vets/7"),
        Request.Delete("vets/7"),
        Request.Delete("vets/x"),
        Request.Delete("vets"),
        .. Lists,
        Request.Post("vets", """{"firstName":"Ana","lastName":"Lee","specialties":[{"id":99}]}"""),
    ];

    [Fact]
    public async Task The_service_answers_everything_about_vets_and_specialties_as_the_monolith_does()
    {
        await using var monolith = await ClinicUnderTest.StartAsync();
        await using var grains = await ClinicUnderTest.StartInGrainsAsync("vets");

        await SameAnswers.AssertAsync(Conversation, monolith.SendToMonolithAsync, grains.SendToServicesAsync);
        await SameAnswers.AssertAsync(Lists, monolith.SendToMonolithAsync, grains.SendToMonolithAsync);

        await grains.ToMonolithAsync("vets");
        await SameAnswers.AssertAsync(Lists, monolith.SendAsync, grains.SendAsync);
    }

    [Fact]
    public async Task What_the_monolith_changed_meanwhile_is_there_when_it_has_moved_again()
    {
        await using var clinic = await ClinicUnderTest.StartInGrainsAsync("vets");
        await clinic.SendAsync(Request.Post("vets", """{"firstName":"Ana","lastName":"Lee","specialties":[{"id":1}]}"""));
        await clinic.ToMonolithAsync("vets");
        await clinic.SendAsync(Request.Delete("vets/7"));
        await clinic.SendAsync(Request.Put("vets/1", """{"firstName":"Jim","lastName":"Carter","specialties":[{"id":1}]}"""));

        await clinic.ToGrainsAsync("vets");

        await SameAnswers.AssertAsync([.. Lists, Request.Get("vets/1"), Request.Get("vets/7")], clinic.SendToMonolithAsync, clinic.SendToServicesAsync);
    }
}
