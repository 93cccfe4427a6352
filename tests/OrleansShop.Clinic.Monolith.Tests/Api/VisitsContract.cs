using System.Net;
using OrleansShop.Clinic.Monolith.Tests.Hosting;
using Xunit;

namespace OrleansShop.Clinic.Monolith.Tests.Api;

public abstract class VisitsContract(ClinicFixture clinic)
{
    private readonly ClinicClient _http = clinic.Http;

    [Fact]
    public async Task The_first_visits_are_listed_by_id() => Assert.StartsWith(
        """
        [{"date":"2010-03-04","description":"rabies shot","id":1,"petId":7},{"date":"2011-03-04","description":"rabies shot","id":2,"petId":8},
        {"date":"2009-06-04","description":"neutered","id":3,"petId":8},{"date":"2008-09-04","description":"spayed","id":4,"petId":7}
        """.ReplaceLineEndings(""),
        (await _http.GetAsync("visits")).Text,
        StringComparison.Ordinal);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_visit_is_created_read_changed_and_deleted(bool belowPet)
    {
        var owner = await _http.AddOwnerAsync();
        var pet = await _http.AddPetAsync(owner);

        var created = belowPet
            ? await _http.PostAsync($"owners/{owner}/pets/{pet}/visits", new { date = "2030-01-02", description = "teeth" })
            : await _http.PostAsync("visits", new { id = 1, date = "2030-01-02", description = "teeth", petId = pet });
        Assert.Equal(HttpStatusCode.Created, created.Status);
        Assert.Equal($"/petclinic/api/visits/{created.Id}", created.Header("Location"));
        Assert.Equal($$"""{"date":"2030-01-02","description":"teeth","id":{{created.Id}},"petId":{{pet}}}""", created.Text);
        Assert.Equal(created.Text, (await _http.GetAsync($"visits/{created.Id}")).Text);

        var changed = await _http.PutAsync($"visits/{created.Id}", new { date = "0001-01-01", description = "ears", petId = 1 });
        Assert.Equal((HttpStatusCode.NoContent, ""), (changed.Status, changed.Text));
        Assert.Equal($$"""{"date":"0001-01-01","description":"ears","id":{{created.Id}},"petId":{{pet}}}""", (await _http.GetAsync($"visits/{created.Id}")).Text);

        Assert.Equal(HttpStatusCode.NoContent, (await _http.DeleteAsync($"visits/{created.Id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _http.GetAsync($"visits/{created.Id}")).Status);
    }

    [Fact]
    public async Task A_visit_without_a_date_is_today_and_keeps_its_date_when_changed_without_one()
    {
        var pet = await _http.AddPetAsync(await _http.AddOwnerAsync());
        var time = new FixedTime(new DateTimeOffset(2031, 12, 31, 23, 59, 0, TimeSpan.Zero));
        await using var monolith = await clinic.StartAnotherAsync(time);

        var created = await monolith.Http.PostAsync("visits", new { description = "teeth", petId = pet, date = (string?)null });
        Assert.Equal("2031-12-31", created.Json["date"]!.GetValue<string>());

        await _http.PutAsync($"visits/{created.Id}", new { description = "ears" });
        Assert.Equal($$"""{"date":"2031-12-31","description":"ears","id":{{created.Id}},"petId":{{pet}}}""", (await _http.GetAsync($"visits/{created.Id}")).Text);
    }

    [Fact]
    public async Task A_visit_of_a_pet_that_does_not_exist_is_not_found()
    {
        var answer = await _http.PostAsync("visits", new { description = "teeth", petId = 999999 });

        Assert.Equal((HttpStatusCode.NotFound, "Pet 999999 does not exist."), (answer.Status, answer.Detail));
    }

    [Fact]
    public async Task A_visit_that_does_not_exist_is_not_found_by_any_method()
    {
        Answer[] answers = [await _http.GetAsync("visits/999999"), await _http.PutAsync("visits/999999", Samples.Visit()), await _http.DeleteAsync("visits/999999")];

        Assert.All(answers, answer => Assert.Equal((HttpStatusCode.NotFound, "Visit 999999 does not exist."), (answer.Status, answer.Detail)));
    }
}

public sealed class VisitsOnSqlite(SqliteClinic clinic) : VisitsContract(clinic), IClassFixture<SqliteClinic>;

public sealed class VisitsOnPostgreSql(PostgreSqlClinic clinic) : VisitsContract(clinic), IClassFixture<PostgreSqlClinic>;
