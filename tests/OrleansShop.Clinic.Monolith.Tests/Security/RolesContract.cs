using System.Net;
using System.Text;
using OrleansShop.Clinic.Monolith.Tests.Hosting;
using Xunit;

namespace OrleansShop.Clinic.Monolith.Tests.Security;

public abstract class RolesContract(ClinicFixture clinic)
{
    /// <summary>Each operation with the roles that may do it. What happens then does not matter here, so nothing is created or deleted: bodies are empty, ids unknown.</summary>
    public static TheoryData<string, string, string[]> Operations => new()
    {
        { "GET", "owners", ["OWNER_ADMIN"] },
        { "POST", "owners", ["OWNER_ADMIN"] },
        { "GET", "v2/owners", ["OWNER_ADMIN"] },
        { "GET", "owners/1", ["OWNER_ADMIN"] },
        { "PUT", "owners/1", ["OWNER_ADMIN"] },
        { "DELETE", "owners/999999", ["OWNER_ADMIN"] },
        { "POST", "owners/1/pets", ["OWNER_ADMIN"] },
        { "GET", "owners/1/pets/1", ["OWNER_ADMIN"] },
        { "PUT", "owners/1/pets/1", ["OWNER_ADMIN"] },
        { "POST", "owners/1/pets/1/visits", ["OWNER_ADMIN"] },
        { "GET", "pets", ["OWNER_ADMIN"] },
        { "GET", "v2/pets", ["OWNER_ADMIN"] },
        { "GET", "pets/1", ["OWNER_ADMIN"] },
        { "PUT", "pets/1", ["OWNER_ADMIN"] },
        { "DELETE", "pets/999999", ["OWNER_ADMIN"] },
        { "GET", "visits", ["OWNER_ADMIN"] },
        { "POST", "visits", ["OWNER_ADMIN"] },
        { "GET", "visits/1", ["OWNER_ADMIN"] },
        { "PUT", "visits/1", ["OWNER_ADMIN"] },
        { "DELETE", "visits/999999", ["OWNER_ADMIN"] },
        { "GET", "pettypes", ["OWNER_ADMIN", "VET_ADMIN"] },
        { "GET", "pettypes/1", ["OWNER_ADMIN", "VET_ADMIN"] },
        { "POST", "pettypes", ["VET_ADMIN"] },
        { "PUT", "pettypes/1", ["VET_ADMIN"] },
        { "DELETE", "pettypes/999999", ["VET_ADMIN"] },
        { "GET", "vets", ["VET_ADMIN"] },
        { "POST", "vets", ["VET_ADMIN"] },
        { "GET", "vets/1", ["VET_ADMIN"] },
        { "PUT", "vets/1", ["VET_ADMIN"] },
        { "DELETE", "vets/999999", ["VET_ADMIN"] },
        { "GET", "specialties", ["VET_ADMIN"] },
        { "POST", "specialties", ["VET_ADMIN"] },
        { "GET", "specialties/1", ["VET_ADMIN"] },
        { "PUT", "specialties/1", ["VET_ADMIN"] },
        { "DELETE", "specialties/999999", ["VET_ADMIN"] },
        { "POST", "users", ["ADMIN"] },
    };

    [Fact]
    public async Task Each_operation_asks_for_its_role()
    {
        await using var monolith = await clinic.StartAnotherAsync(settings: [("Security:Enabled", "true")]);
        var http = monolith.Http;
        string[] roles = ["OWNER_ADMIN", "VET_ADMIN", "ADMIN"];
        foreach (var role in roles) await AddUserAsync(http, $"only {role}", "pässword:1", enabled: true, role);

        foreach (var operation in Operations)
        {
            var (method, path, allowed) = operation.Data;
            var anonymous = await SendAsync(http, method, path);
            Assert.Equal((HttpStatusCode.Unauthorized, "unauthorized"), (anonymous.Status, anonymous.ProblemSlug));
            Assert.Equal("Basic realm=\"petclinic\", charset=\"UTF-8\"", anonymous.Header("WWW-Authenticate"));

            foreach (var role in roles)
            {
                var answer = await SendAsync(http, method, path, SignedIn($"only {role}", "pässword:1"));
                if (allowed.Contains(role)) Assert.True(answer.Status is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden), $"{role} {method} {path}: {answer.Status}");
                else Assert.Equal((HttpStatusCode.Forbidden, "forbidden"), (answer.Status, answer.ProblemSlug));
            }

            Assert.True((await SendAsync(http, method, path, SignedIn("admin", "admin"))).Status is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden));
        }
    }

    [Theory]
    [InlineData("Basic")]
    [InlineData("Basic !!!")]
    [InlineData("Basic YWRtaW4=")]
    [InlineData("Basic YWRtaW46d3Jvbmc=")]
    [InlineData("Basic bm9ib2R5OmFkbWlu")]
    [InlineData("Basic /zphZG1pbg==")]
    [InlineData("Basic YQA6Yg==")]
    [InlineData("Bearer YWRtaW46YWRtaW4=")]
    public async Task Credentials_that_do_not_fit_let_nobody_in(string authorization)
    {
        await using var monolith = await clinic.StartAnotherAsync(settings: [("Security:Enabled", "true")]);

        Assert.Equal(HttpStatusCode.Unauthorized, (await monolith.Http.GetAsync("owners", ("Authorization", authorization))).Status);
    }

    [Fact]
    public async Task A_disabled_user_and_a_user_without_a_password_do_not_get_in()
    {
        await using var monolith = await clinic.StartAnotherAsync(settings: [("Security:Enabled", "true")]);
        await AddUserAsync(monolith.Http, "disabled", "secret", enabled: false, "OWNER_ADMIN");
        Assert.Equal(HttpStatusCode.Created, (await monolith.Http.PostAsync("users", new { username = "nopass", roles = new[] { new { name = "OWNER_ADMIN" } } }, SignedIn("admin", "admin"))).Status);

        Assert.Equal(HttpStatusCode.Unauthorized, (await monolith.Http.GetAsync("owners", SignedIn("disabled", "secret"))).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await monolith.Http.GetAsync("owners", SignedIn("nopass", ""))).Status);
    }

    [Fact]
    public async Task A_user_is_answered_without_the_password_and_made_once()
    {
        var body = new { username = "jané doe/1", password = "secret", roles = new[] { new { name = "ADMIN" }, new { name = "ADMIN" }, new { name = "OTHER" } } };

        var created = await clinic.Http.PostAsync("users", body);
        Assert.Equal(HttpStatusCode.Created, created.Status);
        Assert.Equal("""{"username":"jané doe/1","enabled":true,"roles":[{"name":"ADMIN"},{"name":"OTHER"}]}""", created.Text);
        Assert.Equal("/petclinic/api/users/jan%C3%A9%20doe%2F1", created.Header("Location"));

        var again = await clinic.Http.PostAsync("users", body);
        Assert.Equal((HttpStatusCode.Conflict, "conflict", "User 'jané doe/1' exists already."), (again.Status, again.ProblemSlug, again.Detail));
    }

    [Fact]
    public async Task What_is_for_everybody_stays_so()
    {
        await using var monolith = await clinic.StartAnotherAsync(settings: [("Security:Enabled", "true")]);

        foreach (var path in new[] { "/health/live", "/health/ready", "openapi/v1.json", "docs" }) Assert.Equal(HttpStatusCode.OK, (await monolith.Http.GetAsync(path)).Status);
        Assert.Equal("internal-error", (await monolith.Http.GetAsync("oops")).ProblemSlug);
        Assert.Equal("not-found", (await monolith.Http.GetAsync("nothing")).ProblemSlug);
    }

    [Fact]
    public async Task Switched_off_wrong_credentials_do_no_harm() =>
        Assert.Equal(HttpStatusCode.OK, (await clinic.Http.GetAsync("owners", SignedIn("admin", "wrong"))).Status);

    private static async Task AddUserAsync(ClinicClient http, string username, string password, bool enabled, string role)
    {
        var created = await http.PostAsync("users", new { username, password, enabled, roles = new[] { new { name = role } } }, SignedIn("admin", "admin"));
        Assert.Equal(HttpStatusCode.Created, created.Status);
    }

    private static Task<Answer> SendAsync(ClinicClient http, string method, string path, params (string Name, string Value)[] headers) =>
        http.SendAsync(new HttpMethod(method), path, method is "POST" or "PUT" ? ClinicClient.Json("{}") : null, headers);

    private static (string Name, string Value) SignedIn(string username, string password) =>
        ("Authorization", $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{username}:{password}"))}");
}

public sealed class RolesOnSqlite(SqliteClinic clinic) : RolesContract(clinic), IClassFixture<SqliteClinic>;

public sealed class RolesOnPostgreSql(PostgreSqlClinic clinic) : RolesContract(clinic), IClassFixture<PostgreSqlClinic>;
