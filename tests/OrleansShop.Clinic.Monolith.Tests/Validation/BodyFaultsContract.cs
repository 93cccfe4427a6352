using System.Net;
using System.Text;
using OrleansShop.Clinic.Monolith.Tests.Hosting;
using Xunit;

namespace OrleansShop.Clinic.Monolith.Tests.Validation;

/// <summary>What is wrong with a body, entry by entry. Services that take over a part of the contract are held to the same texts.</summary>
public abstract class BodyFaultsContract(ClinicFixture clinic)
{
    private const string FirstName = "must be one to three words of letters, separated by a space, a hyphen or an apostrophe.";
    private const string LastName = "must be one to three words of letters, separated by a space, a hyphen or an apostrophe, with or without a full stop at the end.";
    private const string NotAnId = "must be a whole number from 0 to 2147483647.";

    private readonly ClinicClient _http = clinic.Http;

    public static TheoryData<string, string, string[]> Bodies => new()
    {
        { "owners", "{}", ["/firstName is required.", "/lastName is required.", "/address is required.", "/city is required.", "/telephone is required."] },
        { "owners", "[]", ["/ must be an object."] },
        { "owners", "null", ["/ must be an object."] },
        { "owners", "\"x\"", ["/ must be an object."] },
        { "owners", Owner("\"firstName\":null"), ["/firstName is required."] },
        { "owners", Owner("\"firstName\":5"), ["/firstName must be a string."] },
        { "owners", Owner("\"firstName\":\"\""), ["/firstName must have 1 to 30 characters."] },
        { "owners", Owner($"\"firstName\":\"{new string('a', 31)}\""), ["/firstName must have 1 to 30 characters."] },
        { "owners", Owner("\"firstName\":\"a b c d\""), [$"/firstName {FirstName}"] },
        { "owners", Owner("\"firstName\":\"a  b\""), [$"/firstName {FirstName}"] },
        { "owners", Owner("\"firstName\":\"a.\""), [$"/firstName {FirstName}"] },
        { "owners", Owner("\"firstName\":\" a\""), [$"/firstName {FirstName}"] },
        { "owners", Owner("\"firstName\":\"a1\""), [$"/firstName {FirstName}"] },
        { "owners", Owner("\"lastName\":\"a..\""), [$"/lastName {LastName}"] },
        { "owners", Owner("\"lastName\":\".\""), [$"/lastName {LastName}"] },
        { "owners", Owner("\"lastName\":\"<script>\""), [$"/lastName {LastName}"] },
        { "owners", Owner("\"address\":\"a\\u0000b\""), ["/address must not contain control characters."] },
        { "owners", Owner("\"address\":\"a\\nb\""), ["/address must not contain control characters."] },
        { "owners", Owner($"\"address\":\"{new string('a', 256)}\""), ["/address must have 1 to 255 characters."] },
        { "owners", Owner($"\"city\":\"{new string('a', 81)}\""), ["/city must have 1 to 80 characters."] },
        { "owners", Owner("\"telephone\":\"12x\""), ["/telephone must have only the digits 0 to 9."] },
        { "owners", Owner("\"telephone\":\"\u0661\""), ["/telephone must have only the digits 0 to 9."] },
        { "owners", Owner("\"telephone\":\"123456789012345678901\""), ["/telephone must have 1 to 20 characters."] },
        { "owners", Owner("\"telephone\":123,\"city\":[],\"firstName\":{}"), ["/firstName must be a string.", "/city must be a string.", "/telephone must be a string."] },
        { "owners/1/pets", "{}", ["/name is required.", "/birthDate is required.", "/type is required."] },
        { "owners/1/pets", Pet($"\"name\":\"{new string('a', 31)}\""), ["/name must have at most 30 characters."] },
        { "owners/1/pets", Pet("\"birthDate\":\"2020-02-30\""), ["/birthDate must be a date of the form yyyy-MM-dd."] },
        { "owners/1/pets", Pet("\"birthDate\":\"2020-2-3\""), ["/birthDate must be a date of the form yyyy-MM-dd."] },
        { "owners/1/pets", Pet("\"birthDate\":\"2020-02-03T00:00:00\""), ["/birthDate must be a date of the form yyyy-MM-dd."] },
        { "owners/1/pets", Pet("\"birthDate\":20200203"), ["/birthDate must be a date of the form yyyy-MM-dd."] },
        { "owners/1/pets", Pet("\"birthDate\":\"9999-12-31\""), ["/birthDate must not be in the future."] },
        { "owners/1/pets", Pet("\"birthDate\":\"1899-12-31\""), ["/birthDate must not be before 1900-01-01."] },
        { "owners/1/pets", Pet("\"type\":2"), ["/type must be an object."] },
        { "owners/1/pets", Pet("\"type\":{\"name\":\"dog\"}"), ["/type/id is required."] },
        { "owners/1/pets", Pet("\"type\":{\"id\":\"2\"}"), [$"/type/id {NotAnId}"] },
        { "owners/1/pets", Pet("\"type\":{\"id\":-1}"), [$"/type/id {NotAnId}"] },
        { "owners/1/pets", Pet("\"type\":{\"id\":2147483648}"), [$"/type/id {NotAnId}"] },
        { "owners/1/pets", Pet("\"type\":{\"id\":1.5}"), [$"/type/id {NotAnId}"] },
        { "owners/1/pets/1/visits", "{}", ["/description is required."] },
        { "owners/1/pets/1/visits", "{\"date\":\"yesterday\",\"description\":\"\"}", ["/date must be a date of the form yyyy-MM-dd.", "/description must have 1 to 255 characters."] },
        { "visits", "{\"description\":\"x\"}", ["/petId is required."] },
        { "visits", "{\"description\":\"x\",\"petId\":true}", [$"/petId {NotAnId}"] },
        { "pettypes", "{}", ["/name is required."] },
        { "pettypes", $"{{\"name\":\"{new string('a', 81)}\"}}", ["/name must have 1 to 80 characters."] },
        { "specialties", "{\"name\":\"\"}", ["/name must have 1 to 80 characters."] },
        { "vets", "{}", ["/firstName is required.", "/lastName is required.", "/specialties is required."] },
        { "vets", Vet("{}"), ["/specialties must be an array."] },
        { "vets", Vet("[1,{},{\"id\":\"1\"},{\"name\":\"\"},{\"name\":5}]"), ["/specialties/0 must be an object.", "/specialties/1 must have an id or a name.", $"/specialties/2/id {NotAnId}", "/specialties/3/name must have 1 to 80 characters.", "/specialties/4/name must be a string."] },
        { "vets", Vet($"[{string.Join(',', Enumerable.Repeat("{\"id\":1}", 101))}]"), ["/specialties must have at most 100 items."] },
        { "users", "{}", ["/username is required."] },
        { "users", "{\"username\":\"u\",\"password\":\"\",\"enabled\":\"yes\",\"roles\":[{}]}", ["/password must have 1 to 80 characters.", "/enabled must be true or false.", "/roles/0/name is required."] },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_body_that_breaks_the_contract_is_refused_fault_by_fault(string path, string body, string[] faults)
    {
        var answer = await _http.PostAsync(path, body);

        Assert.Equal((HttpStatusCode.BadRequest, "invalid-body"), (answer.Status, answer.ProblemSlug));
        Assert.Equal(faults.Select(fault => $"[Path '{fault[..fault.IndexOf(' ')]}'] {fault[(fault.IndexOf(' ') + 1)..]}"), answer.ValidationErrors);
    }

    [Theory]
    [InlineData("", "The request needs a JSON body.")]
    [InlineData("{", "The request body is not well-formed JSON.")]
    [InlineData("{\"a\":1,}", "The request body is not well-formed JSON.")]
    [InlineData("{} {}", "The request body is not well-formed JSON.")]
    [InlineData("{'a':1}", "The request body is not well-formed JSON.")]
    [InlineData("// x\n{}", "The request body is not well-formed JSON.")]
    [InlineData("   ", "The request body is not well-formed JSON.")]
    [InlineData("{\"x\":\"\\ud800\"}", "The request body is not well-formed JSON.")]
    [InlineData("{\"\\udc00\":1}", "The request body is not well-formed JSON.")]
    public async Task A_body_that_is_not_JSON_is_refused_with_a_fixed_text(string body, string detail)
    {
        foreach (var path in new[] { "owners", "vets", "users" })
        {
            var answer = await _http.PostAsync(path, body);

            Assert.Equal((HttpStatusCode.BadRequest, "invalid-body", detail), (answer.Status, answer.ProblemSlug, answer.Detail));
            Assert.Empty(answer.ValidationErrors);
        }
    }

    [Theory]
    [InlineData(32, "The request body breaks the contract; each fault is listed in schemaValidationErrors.")]
    [InlineData(33, "The request body is nested more than 32 levels deep.")]
    [InlineData(100_000, "The request body is nested more than 32 levels deep.")]
    public async Task A_body_is_nested_32_levels_at_most(int levels, string detail)
    {
        var answer = await _http.PostAsync("owners", new string('[', levels) + new string(']', levels));

        Assert.Equal((HttpStatusCode.BadRequest, "invalid-body", detail), (answer.Status, answer.ProblemSlug, answer.Detail));
    }

    [Fact]
    public async Task A_body_that_is_not_UTF_8_is_refused()
    {
        byte[] body = [.. Encoding.UTF8.GetBytes("{\"name\":\""), 0xC3, 0x28, .. Encoding.UTF8.GetBytes("\"}")];

        var answer = await _http.SendAsync(HttpMethod.Post, "pettypes", ClinicClient.Bytes(body, "application/json"));

        Assert.Equal((HttpStatusCode.BadRequest, "invalid-body", "The request body is not valid UTF-8."), (answer.Status, answer.ProblemSlug, answer.Detail));
    }

    [Fact]
    public async Task A_byte_order_mark_is_passed_over()
    {
        byte[] body = [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes("{\"name\":\"bom\"}")];

        Assert.Equal(HttpStatusCode.Created, (await _http.SendAsync(HttpMethod.Post, "pettypes", ClinicClient.Bytes(body, "application/json"))).Status);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData(null)]
    public async Task A_body_of_another_media_type_is_refused(string? mediaType)
    {
        var answer = await _http.SendAsync(HttpMethod.Post, "pettypes", ClinicClient.Bytes("{\"name\":\"x\"}"u8.ToArray(), mediaType));

        Assert.Equal((HttpStatusCode.UnsupportedMediaType, "unsupported-media-type"), (answer.Status, answer.ProblemSlug));
        Assert.Equal($"The body's media type is {mediaType ?? "missing"}; it must be application/json.", answer.Detail);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("APPLICATION/JSON;charset=\"UTF-8\"")]
    public async Task JSON_in_UTF_8_is_accepted_however_it_is_written(string mediaType) =>
        Assert.Equal(HttpStatusCode.Created, (await _http.SendAsync(HttpMethod.Post, "pettypes", ClinicClient.Bytes("{\"name\":\"x\"}"u8.ToArray(), mediaType))).Status);

    [Fact]
    public async Task A_request_without_body_and_media_type_lacks_a_body()
    {
        foreach (var content in new[] { null, ClinicClient.Bytes([], mediaType: null) })
        {
            var answer = await _http.SendAsync(HttpMethod.Post, "owners", content);

            Assert.Equal((HttpStatusCode.BadRequest, "invalid-body", "The request needs a JSON body."), (answer.Status, answer.ProblemSlug, answer.Detail));
        }
    }

    [Fact]
    public async Task The_longest_valid_texts_are_kept()
    {
        var name = new string('ż', 30);
        var answer = await _http.PostAsync("owners", new { firstName = name, lastName = "\U00020000" + name[1..], address = new string('\u6F22', 255), city = string.Concat(Enumerable.Repeat("\U0001F600", 80)), telephone = new string('9', 20) });

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        Assert.Equal(80, (await _http.GetAsync($"owners/{answer.Id}")).Json["city"]!.GetValue<string>().EnumerateRunes().Count());
    }

    [Fact]
    public async Task A_refused_change_changes_nothing()
    {
        var before = (await _http.GetAsync("owners/1")).Text;

        Assert.Equal(HttpStatusCode.BadRequest, (await _http.PutAsync("owners/1", new { firstName = "X" })).Status);

        Assert.Equal(before, (await _http.GetAsync("owners/1")).Text);
    }

    [Fact]
    public async Task A_bad_body_is_reported_before_a_missing_object() =>
        Assert.Equal(HttpStatusCode.BadRequest, (await _http.PutAsync("owners/999999", new { firstName = "X" })).Status);

    private static string Owner(string part) => Merge("\"firstName\":\"A\",\"lastName\":\"B\",\"address\":\"C\",\"city\":\"D\",\"telephone\":\"1\"", part);

    private static string Pet(string part) => Merge("\"name\":\"A\",\"birthDate\":\"2020-01-01\",\"type\":{\"id\":1,\"name\":\"cat\"}", part);

    private static string Vet(string specialties) => $"{{\"firstName\":\"A\",\"lastName\":\"B\",\"specialties\":{specialties}}}";

    /// <summary>Of two properties with one name the last counts.</summary>
    private static string Merge(string valid, string part) => $"{{{valid},{part}}}";
}

public sealed class BodyFaultsOnSqlite(SqliteClinic clinic) : BodyFaultsContract(clinic), IClassFixture<SqliteClinic>;

public sealed class BodyFaultsOnPostgreSql(PostgreSqlClinic clinic) : BodyFaultsContract(clinic), IClassFixture<PostgreSqlClinic>;
