using OrleansShop.Clinic.Testing;
using OrleansShop.Clinic.Testing.Talking;
using Xunit;

namespace OrleansShop.Clinic.Pets.Tests;

public sealed class PetsApiTests
{
    [Fact]
    public async Task The_service_answers_everything_about_pets_and_their_types_as_the_monolith_does()
    {
        await using var monolith = await ClinicUnderTest.StartAsync();
        await using var grains = await ClinicUnderTest.StartInGrainsAsync(ClinicUnderTest.Capabilities);

        await SameAnswers.AssertAsync(PetsConversation.Requests, monolith.SendToMonolithAsync, grains.SendToServicesAsync);
    }

    [Fact]
    public async Task A_pet_type_that_many_pets_use_is_kept_and_the_first_ten_are_named()
    {
        await using var monolith = await ClinicUnderTest.StartAsync();
        await using var grains = await ClinicUnderTest.StartInGrainsAsync("pets");

        await SameAnswers.AssertAsync(
            [
                .. Enumerable.Range(0, 9).Select(number => Request.Post("owners/1/pets", $$"""{"type":{"id":1},"birthDate":"2020-01-01","name":"{{number}}" }""")),
                Request.Delete("pettypes/1"),
            ],
            monolith.SendAsync,
            grains.SendAsync);
    }
}
