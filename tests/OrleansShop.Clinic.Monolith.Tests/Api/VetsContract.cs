using System.Net;
using OrleansShop.Clinic.Monolith.Tests.Hosting;
using Xunit;

namespace OrleansShop.Clinic.Monolith.Tests.Api;

public abstract class VetsContract(ClinicFixture clinic)
{
    private readonly ClinicClient _http = clinic.Http;

    [Fact]
    public async Task The_first_vets_are_listed_by_id_with_their_specialties() => Assert.StartsWith(
        """
        [{"firstName":"James","lastName":"Carter","specialties":[],"id":1},
        {"firstName":"Helen","lastName":"Leary","specialties":[{"id":1,"name":"radiology"}],"id":2},
        {"firstName":"Linda","lastName":"Douglas","specialties":[{"id":2,"name":"surgery"},{"id":3,"name":"dentistry"}],"id":3},
        {"firstName":"Rafael","lastName":"Ortega","specialties":[{"id":2,"name":"surgery"}],"id":4},
        {"firstName":"Henry","lastName":"Stevens","specialties":[{"id":1,"name":"radiology"}],"id":5},
        {"firstName":"Sharon","lastName":"Jenkins","specialties":[],"id":6}
        """.ReplaceLineEndings(""),
        (await _http.GetAsync("vets")).Text,
        StringComparison.Ordinal);

    [Fact]
    public async Task A_vet_is_created_read_changed_and_deleted()
    {
        var created = await _http.PostAsync("vets", new { firstName = "Ann", lastName = "Vet Jr.", specialties = new object[] { new { id = 3, name = "x" }, new { name = "radiology" }, new { id = 1 } } });
        Assert.Equal(HttpStatusCode.Created, created.Status);
        Assert.Equal($"/petclinic/api/vets/{created.Id}", created.Header("Location"));
        Assert.Equal($$"""{"firstName":"Ann","lastName":"Vet Jr.","specialties":[{"id":1,"name":"radiology"},{"id":3,"name":"dentistry"}],"id":{{created.Id}}}""", created.Text);
        Assert.Equal(created.Text, (await _http.GetAsync($"vets/{created.Id}")).Text);

        var changed = await _http.PutAsync($"vets/{created.Id}", new { firstName = "Bob", lastName = "Vet", specialties = new[] { new { id = 2, name = "surgery" } } });
        Assert.Equal((HttpStatusCode.NoContent, ""), (changed.Status, changed.Text));
        Assert.Equal($$"""{"firstName":"Bob","lastName":"Vet","specialties":[{"id":2,"name":"surgery"}],"id":{{created.Id}}}""", (await _http.GetAsync($"vets/{created.Id}")).Text);

        Assert.Equal(HttpStatusCode.NoContent, (await _http.DeleteAsync($"vets/{created.Id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _http.GetAsync($"vets/{created.Id}")).Status);
    }

    [Fact]
    public async Task Each_specialty_that_does_not_exist_is_named_by_its_place()
    {
        var answer = await _http.PostAsync("vets", new { firstName = "Ann", lastName = "Vet", specialties = new object[] { new { id = 999999 }, new { id = 1 }, new { name = "nothing" } } });

        Assert.Equal((HttpStatusCode.BadRequest, "invalid-body"), (answer.Status, answer.ProblemSlug));
        Assert.Equal(["[Path '/specialties/0'] must name a specialty that exists.", "[Path '/specialties/2'] must name a specialty that exists."], answer.ValidationErrors);
    }

    [Fact]
    public async Task A_vet_that_does_not_exist_is_not_found_by_any_method()
    {
        var body = new { firstName = "A", lastName = "B", specialties = Array.Empty<object>() };
        Answer[] answers = [await _http.GetAsync("vets/999999"), await _http.PutAsync("vets/999999", body), await _http.DeleteAsync("vets/999999")];

        Assert.All(answers, answer => Assert.Equal((HttpStatusCode.NotFound, "Vet 999999 does not exist."), (answer.Status, answer.Detail)));
    }

    [Fact]
    public async Task A_specialty_is_created_read_changed_and_deleted()
    {
        var created = await _http.PostAsync("specialties", new { id = 1, name = "cardiology" });
        Assert.Equal(HttpStatusCode.Created, created.Status);
        Assert.Equal($"/petclinic/api/specialties/{created.Id}", created.Header("Location"));
        Assert.Equal($$"""{"id":{{created.Id}},"name":"cardiology"}""", created.Text);

        Assert.Equal(HttpStatusCode.NoContent, (await _http.PutAsync($"specialties/{created.Id}", new { name = "oncology" })).Status);
        Assert.Equal($$"""{"id":{{created.Id}},"name":"oncology"}""", (await _http.GetAsync($"specialties/{created.Id}")).Text);

        Assert.Equal(HttpStatusCode.NoContent, (await _http.DeleteAsync($"specialties/{created.Id}")).Status);
        Answer[] answers =
        [
            await _http.GetAsync($"specialties/{created.Id}"), await _http.PutAsync($"specialties/{created.Id}", new { name = "x" }), await _http.DeleteAsync($"specialties/{created.Id}"),
        ];
        Assert.All(answers, answer => Assert.Equal((HttpStatusCode.NotFound, $"Specialty {created.Id} does not exist."), (answer.Status, answer.Detail)));
    }

    [Fact]
    public async Task A_specialty_in_use_is_not_deleted_and_the_answer_names_its_vets()
    {
        var specialty = await _http.AddSpecialtyAsync("acupuncture");
        var vet = (await _http.PostAsync("vets", new { firstName = "A", lastName = "B", specialties = new[] { new { id = specialty } } })).Id;

        var refused = await _http.DeleteAsync($"specialties/{specialty}");

        Assert.Equal((HttpStatusCode.Conflict, "conflict", $"Specialty {specialty} is still used by 1 vet: {vet}."), (refused.Status, refused.ProblemSlug, refused.Detail));
        await _http.DeleteAsync($"vets/{vet}");
        Assert.Equal(HttpStatusCode.NoContent, (await _http.DeleteAsync($"specialties/{specialty}")).Status);
    }
}

public sealed class VetsOnSqlite(SqliteClinic clinic) : VetsContract(clinic), IClassFixture<SqliteClinic>;

public sealed class VetsOnPostgreSql(PostgreSqlClinic clinic) : VetsContract(clinic), IClassFixture<PostgreSqlClinic>;
