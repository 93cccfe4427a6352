using OrleansShop.Clinic.Testing;
using OrleansShop.Clinic.Testing.Talking;
using Xunit;

namespace OrleansShop.Clinic.Visits.Tests;

public sealed class VisitsApiTests
{
    private static readonly Request[] Conversation =
    [
        Request.Get("visits"),
        Request.Get("visits/3"),
        Request.Get("visits/99"),
        Request.Get("visits/x"),
        Request.Post("visits", """{"description":"checked","petId":1}"""),
        Request.Post("visits", """{"description":"checked","petId":1,"date":"0001-01-01"}"""),
        Request.Post("owners/6/pets/7/visits", """{"description":"checked","date":"9999-12-31"}"""),
        Request.Get("visits/5"),
        Request.Get("visits/7"),
        Request.Put("visits/7", """{"description":"again"}"""),
        Request.Get("visits/7"),
        Request.Put("visits/7", """{"description":"again","date":"2024-01-02","petId":1}"""),
        Request.Get("visits/7"),
        Request.Put("visits/99", """{"description":"again"}"""),
        Request.Put("visits/99", """{"description":""}"""),
        Request.Post("visits", """{"description":"checked"}"""),
        Request.Post("visits", """{"date":"2024-13-01","petId":"1"}"""),
        Request.Get("owners/6/pets/7/visits"),
        Request.Delete("visits/7"),
        Request.Delete("visits/7"),
        Request.Delete("visits/01"),
        Request.Get("visits"),
        Request.Post("visits", """{"description":"checked","petId":99}"""),
        Request.Post("owners/99/pets/7/visits", """{"description":"checked"}"""),
        Request.Post("owners/1/pets/7/visits", """{"description":"checked"}"""),
        Request.Post("owners/1/pets/99/visits", """{"description":"checked"}"""),
        Request.Post("owners/99/pets/99/visits", """{}"""),
        Request.Post("owners/x/pets/y/visits", """{}"""),
    ];

    [Fact]
    public async Task The_service_answers_everything_about_visits_as_the_monolith_does()
    {
        await using var monolith = await ClinicUnderTest.StartAsync();
        await using var grains = await ClinicUnderTest.StartInGrainsAsync(ClinicUnderTest.Capabilities);

        await SameAnswers.AssertAsync(Conversation, monolith.SendToMonolithAsync, grains.SendToServicesAsync);
    }

    [Fact]
    public async Task Many_visits_made_at_once_are_all_there()
    {
        await using var clinic = await ClinicUnderTest.StartInGrainsAsync(ClinicUnderTest.Capabilities);

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(number =>
            clinic.SendAsync(Request.Post("visits", $$"""{"description":"{{number}}","date":"2024-01-02","petId":{{(number % 13) + 1}}}"""))));

        Assert.All(answers, answer => Assert.Equal(System.Net.HttpStatusCode.Created, answer.Status));
        Assert.Equal(100, answers.Select(answer => answer.Json!["id"]!.GetValue<int>()).Distinct().Count());
        await SameAnswers.AssertAsync([Request.Get("visits"), Request.Get("pets"), Request.Get("owners")], clinic.SendToMonolithAsync, clinic.SendToServicesAsync);
    }
}
