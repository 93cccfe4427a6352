using System.Net;
using OrleansShop.Clinic.Monolith.Tests.Hosting;
using Xunit;

namespace OrleansShop.Clinic.Monolith.Tests.Api;

public abstract class PetsContract(ClinicFixture clinic)
{
    private readonly ClinicClient _http = clinic.Http;

    [Fact]
    public async Task The_first_pets_are_listed_by_id_with_their_visits()
    {
        var pets = (await _http.GetAsync("pets")).Json.AsArray();

        Assert.Equal(
            ["Leo", "Basil", "Rosy", "Jewel", "Iggy", "George", "Samantha", "Max", "Lucky", "Mulligan", "Freddy", "Lucky", "Sly"],
            pets.Take(13).Select(pet => pet!["name"]!.GetValue<string>()));
        Assert.Equal(2, pets[7]!["visits"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_new_pet_is_answered_with_its_place_and_the_name_of_its_type_as_stored()
    {
        var owner = await _http.AddOwnerAsync();

        var answer = await _http.PostAsync($"owners/{owner}/pets", new { name = "Tweety", birthDate = "2020-02-29", type = new { id = 5, name = "not a bird" } });

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        Assert.Equal($"/petclinic/api/pets/{answer.Id}", answer.Header("Location"));
        Assert.Equal($$"""{"name":"Tweety","birthDate":"2020-02-29","type":{"name":"bird","id":5},"id":{{answer.Id}},"ownerId":{{owner}},"visits":[]}""", answer.Text);
        Assert.Equal(answer.Text, (await _http.GetAsync($"pets/{answer.Id}")).Text);
        Assert.Equal(answer.Text, (await _http.GetAsync($"owners/{owner}/pets/{answer.Id}")).Text);
    }

    [Fact]
    public async Task A_pet_may_have_an_empty_name_and_a_type_with_nothing_but_an_id()
    {
        var owner = await _http.AddOwnerAsync();

        var answer = await _http.PostAsync($"owners/{owner}/pets", new { name = "", birthDate = "1900-01-01", type = new { id = 1 } });

        Assert.Equal(HttpStatusCode.Created, answer.Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_changed_pet_keeps_its_owner_and_visits(bool belowOwner)
    {
        var owner = await _http.AddOwnerAsync();
        var pet = await _http.AddPetAsync(owner);
        var visit = await _http.AddVisitAsync(pet);

        var path = belowOwner ? $"owners/{owner}/pets/{pet}" : $"pets/{pet}";
        var answer = await _http.PutAsync(path, new { id = 999, ownerId = 1, name = "Renamed", birthDate = "2021-03-04", type = new { id = 6, name = "hamster" }, visits = Array.Empty<int>() });

        Assert.Equal((HttpStatusCode.NoContent, ""), (answer.Status, answer.Text));
        Assert.Equal(
            $$"""{"name":"Renamed","birthDate":"2021-03-04","type":{"name":"hamster","id":6},"id":{{pet}},"ownerId":{{owner}},"visits":[{"date":"2024-05-06","description":"check-up","id":{{visit}},"petId":{{pet}}}]}""",
            (await _http.GetAsync($"pets/{pet}")).Text);
    }

    [Fact]
    public async Task Deleting_a_pet_deletes_its_visits_and_leaves_its_owner()
    {
        var owner = await _http.AddOwnerAsync();
        var pet = await _http.AddPetAsync(owner);
        var visit = await _http.AddVisitAsync(pet);

        Assert.Equal(HttpStatusCode.NoContent, (await _http.DeleteAsync($"pets/{pet}")).Status);

        Assert.Equal(HttpStatusCode.NotFound, (await _http.GetAsync($"pets/{pet}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _http.GetAsync($"visits/{visit}")).Status);
        Assert.Empty((await _http.GetAsync($"owners/{owner}")).Json["pets"]!.AsArray());
    }

    [Fact]
    public async Task A_pet_that_does_not_exist_is_not_found_by_any_method()
    {
        Answer[] answers = [await _http.GetAsync("pets/999999"), await _http.PutAsync("pets/999999", Samples.Pet()), await _http.DeleteAsync("pets/999999")];

        Assert.All(answers, answer => Assert.Equal((HttpStatusCode.NotFound, "Pet 999999 does not exist."), (answer.Status, answer.Detail)));
    }

    [Fact]
    public async Task Below_an_owner_only_its_own_pets_are_found()
    {
        var (owner, other) = (await _http.AddOwnerAsync(), await _http.AddOwnerAsync());
        var pet = await _http.AddPetAsync(other);
        Answer[] answers =
        [
            await _http.GetAsync($"owners/{owner}/pets/{pet}"),
            await _http.PutAsync($"owners/{owner}/pets/{pet}", Samples.Pet("Stolen")),
            await _http.PostAsync($"owners/{owner}/pets/{pet}/visits", Samples.Visit()),
        ];

        Assert.All(answers, answer => Assert.Equal((HttpStatusCode.NotFound, $"Owner {owner} has no pet {pet}."), (answer.Status, answer.Detail)));
        Assert.Equal("Rex", (await _http.GetAsync($"pets/{pet}")).Json["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task Below_an_owner_that_does_not_exist_nothing_is_found()
    {
        Answer[] answers =
        [
            await _http.PostAsync("owners/999999/pets", Samples.Pet()),
            await _http.GetAsync("owners/999999/pets/1"),
            await _http.PutAsync("owners/999999/pets/1", Samples.Pet()),
            await _http.PostAsync("owners/999999/pets/1/visits", Samples.Visit()),
        ];

        Assert.All(answers, answer => Assert.Equal((HttpStatusCode.NotFound, "Owner 999999 does not exist."), (answer.Status, answer.Detail)));
    }

    [Fact]
    public async Task A_type_that_does_not_exist_is_a_fault_of_the_body()
    {
        var owner = await _http.AddOwnerAsync();
        var pet = await _http.AddPetAsync(owner);
        var body = Samples.Pet(typeId: 999999);
        Answer[] answers = [await _http.PostAsync($"owners/{owner}/pets", body), await _http.PutAsync($"owners/{owner}/pets/{pet}", body), await _http.PutAsync($"pets/{pet}", body)];

        Assert.All(answers, answer =>
        {
            Assert.Equal((HttpStatusCode.BadRequest, "invalid-body"), (answer.Status, answer.ProblemSlug));
            Assert.Equal(["[Path '/type/id'] must be the id of a pet type that exists."], answer.ValidationErrors);
        });
    }

    [Fact]
    public async Task A_missing_owner_is_reported_before_a_missing_type() =>
        Assert.Equal(HttpStatusCode.NotFound, (await _http.PostAsync("owners/999999/pets", Samples.Pet(typeId: 999999))).Status);
}

public sealed class PetsOnSqlite(SqliteClinic clinic) : PetsContract(clinic), IClassFixture<SqliteClinic>;

public sealed class PetsOnPostgreSql(PostgreSqlClinic clinic) : PetsContract(clinic), IClassFixture<PostgreSqlClinic>;
