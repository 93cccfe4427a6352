using System.Net;
using System.Text.Json.Nodes;
using OrleansShop.Clinic.Monolith.Tests.Hosting;
using Xunit;

namespace OrleansShop.Clinic.Monolith.Tests.Problems;

/// <summary>These do not reach the database, so one of them does.</summary>
public sealed class ProblemContract(SqliteClinic clinic) : IClassFixture<SqliteClinic>
{
    private readonly ClinicClient _http = clinic.Http;

    [Fact]
    public async Task A_problem_has_all_its_members_in_order()
    {
        await using var monolith = await clinic.StartAnotherAsync(new FixedTime(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero)));

        var answer = await monolith.Http.GetAsync("owners/4711");

        Assert.Equal("application/problem+json", answer.MediaType);
        Assert.Equal(
            """{"type":"https://orleansshop.example/problems/not-found","title":"Not found","status":404,"detail":"Owner 4711 does not exist.","timestamp":"2026-01-02T03:04:05Z","schemaValidationErrors":[]}""",
            answer.Text);
    }

    [Fact]
    public async Task Oops_always_fails_with_a_problem()
    {
        var answer = await _http.GetAsync("oops");

        Assert.Equal((HttpStatusCode.InternalServerError, "internal-error", "application/problem+json"), (answer.Status, answer.ProblemSlug, answer.MediaType));
    }

    [Theory]
    [InlineData("owners/x", "ownerId")]
    [InlineData("owners/-1", "ownerId")]
    [InlineData("owners/+1", "ownerId")]
    [InlineData("owners/01", "ownerId")]
    [InlineData("owners/1.0", "ownerId")]
    [InlineData("owners/2147483648", "ownerId")]
    [InlineData("owners/99999999999999999999", "ownerId")]
    [InlineData("owners/%20", "ownerId")]
    [InlineData("owners/%FF", "ownerId")]
    [InlineData("owners/1%0A", "ownerId")]
    [InlineData("owners/x/pets/y", "ownerId")]
    [InlineData("owners/1/pets/y", "petId")]
    [InlineData("pets/x", "petId")]
    [InlineData("pettypes/x", "petTypeId")]
    [InlineData("vets/x", "vetId")]
    [InlineData("specialties/x", "specialtyId")]
    [InlineData("visits/x", "visitId")]
    public async Task What_is_no_id_in_a_path_is_refused(string path, string parameter)
    {
        var answer = await _http.GetAsync(path);

        Assert.Equal((HttpStatusCode.BadRequest, "bad-request"), (answer.Status, answer.ProblemSlug));
        Assert.Equal($"The path parameter '{parameter}' must be a whole number from 0 to 2147483647 without leading zeros.", answer.Detail);
    }

    [Theory]
    [InlineData("owners/0")]
    [InlineData("owners/2147483647")]
    public async Task Any_id_in_range_may_be_asked_for(string path) => Assert.Equal("not-found", (await _http.GetAsync(path)).ProblemSlug);

    [Theory]
    [InlineData("nothing")]
    [InlineData("owners/1/pets/1/visits/1")]
    [InlineData("/")]
    [InlineData("/petclinic")]
    [InlineData("/owners")]
    public async Task An_unknown_path_is_a_problem_too(string path)
    {
        var answer = await _http.GetAsync(path);

        Assert.Equal((HttpStatusCode.NotFound, "not-found"), (answer.Status, answer.ProblemSlug));
        Assert.Equal($"There is nothing at {(path.StartsWith('/') ? path : $"/petclinic/api/{path}")}.", answer.Detail);
    }

    [Theory]
    [InlineData("DELETE", "owners", "GET, POST")]
    [InlineData("PATCH", "owners/1", "DELETE, GET, PUT")]
    [InlineData("GET", "users", "POST")]
    [InlineData("POST", "v2/pets", "GET")]
    [InlineData("OPTIONS", "vets", "GET, POST")]
    [InlineData("NONSENSE", "oops", "GET")]
    public async Task A_method_that_a_path_does_not_answer_is_named_as_such(string method, string path, string allowed)
    {
        var answer = await _http.SendAsync(new HttpMethod(method), path, content: null);

        Assert.Equal((HttpStatusCode.MethodNotAllowed, "method-not-allowed"), (answer.Status, answer.ProblemSlug));
        Assert.Equal($"/petclinic/api/{path} does not take {method}; it takes {answer.Header("Allow")}.", answer.Detail);
        Assert.Equal(allowed, string.Join(", ", answer.Header("Allow")!.Split(", ").Order()));
    }

    [Fact]
    public async Task A_fault_of_the_program_shows_nothing_of_itself()
    {
        await using var broken = await BrokenClinicAsync();

        var answer = await broken.Http.GetAsync("owners");

        Assert.Equal((HttpStatusCode.InternalServerError, "internal-error"), (answer.Status, answer.ProblemSlug));
        Assert.Equal("The request failed inside the service. The failure is logged there.", answer.Detail);
        Assert.Equal(6, Assert.IsType<JsonObject>(answer.Json).Count);
    }

    private static async Task<TemporaryClinic> BrokenClinicAsync()
    {
        var clinic = await TemporaryClinic.StartAsync();
        await clinic.Database.ExecuteSqlAsync("ALTER TABLE owners RENAME COLUMN city TO town");
        return clinic;
    }

    /// <summary>A clinic that one test may ruin.</summary>
    private sealed class TemporaryClinic : IAsyncDisposable
    {
        public SqliteClinic Database { get; } = new();

        public ClinicClient Http => Database.Http;

        public static async Task<TemporaryClinic> StartAsync()
        {
            var clinic = new TemporaryClinic();
            await clinic.Database.InitializeAsync();
            return clinic;
        }

        public ValueTask DisposeAsync() => Database.DisposeAsync();
    }
}
