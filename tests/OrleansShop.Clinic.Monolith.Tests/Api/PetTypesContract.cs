using System.Net;
using OrleansShop.Clinic.Monolith.Tests.Hosting;
using Xunit;

namespace OrleansShop.Clinic.Monolith.Tests.Api;

public abstract class PetTypesContract(ClinicFixture clinic)
{
    private readonly ClinicClient _http = clinic.Http;

    [Fact]
    public async Task The_first_types_are_listed_by_id() => Assert.StartsWith(
        """[{"name":"cat","id":1},{"name":"dog","id":2},{"name":"lizard","id":3},{"name":"snake","id":4},{"name":"bird","id":5},{"name":"hamster","id":6}""",
        (await _http.GetAsync("pettypes")).Text,
        StringComparison.Ordinal);

    [Fact]
    public async Task A_type_is_created_read_changed_and_deleted()
    {
        var created = await _http.PostAsync("pettypes", new { id = 1, name = "axolotl" });
        Assert.Equal(HttpStatusCode.Created, created.Status);
        Assert.Equal($"/petclinic/api/pettypes/{created.Id}", created.Header("Location"));
        Assert.Equal($$"""{"name":"axolotl","id":{{created.Id}}}""", created.Text);
        Assert.Equal(created.Text, (await _http.GetAsync($"pettypes/{created.Id}")).Text);

        Assert.Equal((HttpStatusCode.NoContent, ""), await StatusAndText(_http.PutAsync($"pettypes/{created.Id}", new { name = "newt" })));
        Assert.Equal($$"""{"name":"newt","id":{{created.Id}}}""", (await _http.GetAsync($"pettypes/{created.Id}")).Text);

        Assert.Equal((HttpStatusCode.NoContent, ""), await StatusAndText(_http.DeleteAsync($"pettypes/{created.Id}")));
        Assert.Equal(HttpStatusCode.NotFound, (await _http.GetAsync($"pettypes/{created.Id}")).Status);
    }

    [Fact]
    public async Task A_renamed_type_shows_in_its_pets()
    {
        var type = await _http.AddPetTypeAsync("gecko");
        var pet = await _http.AddPetAsync(await _http.AddOwnerAsync(), typeId: type);

        await _http.PutAsync($"pettypes/{type}", new { id = type, name = "chameleon" });

        Assert.Equal("chameleon", (await _http.GetAsync($"pets/{pet}")).Json["type"]!["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_type_in_use_is_not_deleted_and_the_answer_names_its_pets()
    {
        var type = await _http.AddPetTypeAsync("ferret");
        var owner = await _http.AddOwnerAsync();
        var first = await _http.AddPetAsync(owner, typeId: type);

        var one = await _http.DeleteAsync($"pettypes/{type}");
        Assert.Equal((HttpStatusCode.Conflict, "conflict", $"Pet type {type} is still used by 1 pet: {first}."), (one.Status, one.ProblemSlug, one.Detail));

        var ids = new List<int> { first };
        for (var i = 0; i < 11; i++) ids.Add(await _http.AddPetAsync(owner, typeId: type));
        var many = await _http.DeleteAsync($"pettypes/{type}");
        Assert.Equal($"Pet type {type} is still used by 12 pets: {string.Join(", ", ids.Take(10))} and 2 more.", many.Detail);
        Assert.Equal(HttpStatusCode.OK, (await _http.GetAsync($"pettypes/{type}")).Status);

        await _http.DeleteAsync($"owners/{owner}");
        Assert.Equal(HttpStatusCode.NoContent, (await _http.DeleteAsync($"pettypes/{type}")).Status);
    }

    [Fact]
    public async Task A_type_that_does_not_exist_is_not_found_by_any_method()
    {
        Answer[] answers = [await _http.GetAsync("pettypes/999999"), await _http.PutAsync("pettypes/999999", new { name = "x" }), await _http.DeleteAsync("pettypes/999999")];

        Assert.All(answers, answer => Assert.Equal((HttpStatusCode.NotFound, "Pet type 999999 does not exist."), (answer.Status, answer.Detail)));
    }

    private static async Task<(HttpStatusCode Status, string Text)> StatusAndText(Task<Answer> request)
    {
        var answer = await request;
        return (answer.Status, answer.Text);
    }
}

public sealed class PetTypesOnSqlite(SqliteClinic clinic) : PetTypesContract(clinic), IClassFixture<SqliteClinic>;

public sealed class PetTypesOnPostgreSql(PostgreSqlClinic clinic) : PetTypesContract(clinic), IClassFixture<PostgreSqlClinic>;
