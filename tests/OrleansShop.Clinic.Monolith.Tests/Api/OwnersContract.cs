using System.Net;
using System.Text.Json.Nodes;
using OrleansShop.Clinic.Monolith.Tests.Hosting;
using Xunit;

namespace OrleansShop.Clinic.Monolith.Tests.Api;

public abstract class OwnersContract(ClinicFixture clinic)
{
    private readonly ClinicClient _http = clinic.Http;

    [Fact]
    public async Task The_first_owners_are_listed_by_id()
    {
        var owners = (await _http.GetAsync("owners")).Json.AsArray();

        Assert.Equal(Enumerable.Range(1, 10), owners.Take(10).Select(owner => owner!["id"]!.GetValue<int>()));
        Assert.Equal("Waunakee", owners[9]!["city"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_owner_carries_pets_and_visits_and_keeps_the_order_of_properties()
    {
        var answer = await _http.GetAsync("owners/6");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("application/json", answer.MediaType);
        Assert.Equal(
            """
            {"firstName":"Jean","lastName":"Coleman","address":"105 N. Lake St.","city":"Monona","telephone":"6085552654","id":6,"pets":[
            {"name":"Samantha","birthDate":"1995-09-04","type":{"name":"cat","id":1},"id":7,"ownerId":6,"visits":[
            {"date":"2010-03-04","description":"rabies shot","id":1,"petId":7},{"date":"2008-09-04","description":"spayed","id":4,"petId":7}]},
            {"name":"Max","birthDate":"1995-09-04","type":{"name":"cat","id":1},"id":8,"ownerId":6,"visits":[
            {"date":"2011-03-04","description":"rabies shot","id":2,"petId":8},{"date":"2009-06-04","description":"neutered","id":3,"petId":8}]}]}
            """.ReplaceLineEndings(""),
            answer.Text);
    }

    [Fact]
    public async Task A_new_owner_is_answered_with_its_place_and_itself()
    {
        var answer = await _http.PostAsync("owners", new { id = 4711, firstName = "Ann", lastName = "New", address = "a", city = "c", telephone = "1", pets = new[] { 1 }, unknown = true });

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        Assert.NotEqual(4711, answer.Id);
        Assert.Equal($"/petclinic/api/owners/{answer.Id}", answer.Header("Location"));
        Assert.Equal($$"""{"firstName":"Ann","lastName":"New","address":"a","city":"c","telephone":"1","id":{{answer.Id}},"pets":[]}""", answer.Text);
        Assert.Equal(answer.Text, (await _http.GetAsync($"owners/{answer.Id}")).Text);
    }

    [Fact]
    public async Task A_changed_owner_is_answered_without_a_body_and_keeps_its_pets()
    {
        var id = await _http.AddOwnerAsync();
        var pet = await _http.AddPetAsync(id);

        var answer = await _http.PutAsync($"owners/{id}", Samples.Owner("Changed"));

        Assert.Equal((HttpStatusCode.NoContent, ""), (answer.Status, answer.Text));
        var owner = (await _http.GetAsync($"owners/{id}")).Json;
        Assert.Equal("Changed", owner["lastName"]!.GetValue<string>());
        Assert.Equal(pet, owner["pets"]![0]!["id"]!.GetValue<int>());
    }

    [Fact]
    public async Task Deleting_an_owner_deletes_its_pets_and_their_visits_and_nothing_else()
    {
        var (id, other) = (await _http.AddOwnerAsync(), await _http.AddOwnerAsync());
        var (pet, otherPet) = (await _http.AddPetAsync(id), await _http.AddPetAsync(other));
        var (visit, otherVisit) = (await _http.AddVisitAsync(pet), await _http.AddVisitAsync(otherPet));

        var answer = await _http.DeleteAsync($"owners/{id}");

        Assert.Equal((HttpStatusCode.NoContent, ""), (answer.Status, answer.Text));
        foreach (var gone in new[] { $"owners/{id}", $"pets/{pet}", $"visits/{visit}" }) Assert.Equal(HttpStatusCode.NotFound, (await _http.GetAsync(gone)).Status);
        foreach (var kept in new[] { $"owners/{other}", $"pets/{otherPet}", $"visits/{otherVisit}" }) Assert.Equal(HttpStatusCode.OK, (await _http.GetAsync(kept)).Status);
    }

    [Fact]
    public async Task An_owner_that_does_not_exist_is_not_found_by_any_method()
    {
        Answer[] answers = [await _http.GetAsync("owners/999999"), await _http.PutAsync("owners/999999", Samples.Owner()), await _http.DeleteAsync("owners/999999")];

        Assert.All(answers, answer => Assert.Equal((HttpStatusCode.NotFound, "not-found", "Owner 999999 does not exist."), (answer.Status, answer.ProblemSlug, answer.Detail)));
    }

    [Theory]
    [InlineData("Da", "2,4")]
    [InlineData("dA", "2,4")]
    [InlineData("davis", "2,4")]
    [InlineData("Davisx", "")]
    [InlineData("avis", "")]
    [InlineData("%25", "")]
    [InlineData("D_vis", "")]
    [InlineData("mc", "5")]
    [InlineData("", "1,2,3,4,5,6,7,8,9,10")]
    [InlineData("abcdefghijklmnopqrstuvwxyzabcdefghijklmnop", "")]
    public async Task The_search_is_by_the_start_of_the_last_name_ignoring_case(string start, string expectedIds)
    {
        var answer = await _http.GetAsync($"owners?lastName={start}");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(expectedIds, string.Join(',', Ids(answer.Json.AsArray()).Where(id => id <= 10)));
    }

    [Theory]
    [InlineData("Ødegård", "ØDEGÅ")]
    [InlineData("Žižek", "žIŽ")]
    [InlineData("Παπάς", "παπάΣ")]
    [InlineData("Иванов", "ИВАН")]
    [InlineData("山田", "山")]
    [InlineData("O'Neil", "o'n")]
    [InlineData("Groß-Meier", "groß-m")]
    [InlineData("\U00010400\U00010401", "\U00010428")]
    public async Task Names_of_any_script_are_kept_and_found_ignoring_case(string lastName, string start)
    {
        var id = await _http.AddOwnerAsync(lastName);

        var owner = (await _http.GetAsync($"owners/{id}")).Json;
        var found = (await _http.GetAsync($"owners?lastName={Uri.EscapeDataString(start)}")).Json.AsArray();

        Assert.Equal(lastName, owner["lastName"]!.GetValue<string>());
        Assert.Contains(id, Ids(found));
    }

    [Fact]
    public async Task Letters_are_not_escaped_in_answers()
    {
        var id = await _http.AddOwnerAsync("Ødegård-O'Neil");

        Assert.Contains("\"lastName\":\"Ødegård-O'Neil\"", (await _http.GetAsync($"owners/{id}")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lastName=a&lastName=b")]
    [InlineData("lastName=%00")]
    [InlineData("lastName=a%0A")]
    [InlineData("lastName=%FF")]
    public async Task A_search_for_what_is_no_text_is_refused(string query)
    {
        var answer = await _http.GetAsync($"owners?{query}");

        Assert.Equal((HttpStatusCode.BadRequest, "bad-request"), (answer.Status, answer.ProblemSlug));
    }

    private static IEnumerable<int> Ids(JsonArray owners) => owners.Select(owner => owner!["id"]!.GetValue<int>());
}

public sealed class OwnersOnSqlite(SqliteClinic clinic) : OwnersContract(clinic), IClassFixture<SqliteClinic>;

public sealed class OwnersOnPostgreSql(PostgreSqlClinic clinic) : OwnersContract(clinic), IClassFixture<PostgreSqlClinic>;
