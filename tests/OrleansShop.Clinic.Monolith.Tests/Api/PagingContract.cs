using System.Net;
using OrleansShop.Clinic.Monolith.Tests.Hosting;
using Xunit;

namespace OrleansShop.Clinic.Monolith.Tests.Api;

public abstract class PagingContract(ClinicFixture clinic)
{
    private readonly ClinicClient _http = clinic.Http;

    [Theory]
    [InlineData("v2/owners", 0, 20, 10, 1, 10, 1)]
    [InlineData("v2/owners?size=3", 0, 3, 10, 4, 3, 1)]
    [InlineData("v2/owners?page=3&size=3", 3, 3, 10, 4, 1, 10)]
    [InlineData("v2/owners?page=4&size=3", 4, 3, 10, 4, 0, 0)]
    [InlineData("v2/owners?page=0&size=100", 0, 100, 10, 1, 10, 1)]
    [InlineData("v2/owners?page=2147483647&size=100", int.MaxValue, 100, 10, 1, 0, 0)]
    [InlineData("v2/owners?lastName=da&page=1&size=1", 1, 1, 2, 2, 1, 4)]
    [InlineData("v2/owners?lastName=zzz", 0, 20, 0, 0, 0, 0)]
    [InlineData("v2/pets", 0, 20, 13, 1, 13, 1)]
    [InlineData("v2/pets?page=2&size=5", 2, 5, 13, 3, 3, 11)]
    [InlineData("v2/pets?page=3&size=5", 3, 5, 13, 3, 0, 0)]
    public async Task A_page_says_where_it_stands(string path, int page, int size, long totalElements, int totalPages, int count, int firstId)
    {
        var answer = await _http.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var json = answer.Json.AsObject();
        Assert.Equal(["content", "page", "size", "totalElements", "totalPages"], json.Select(property => property.Key));
        Assert.Equal(
            (page, size, totalElements, totalPages),
            (json["page"]!.GetValue<int>(), json["size"]!.GetValue<int>(), json["totalElements"]!.GetValue<long>(), json["totalPages"]!.GetValue<int>()));
        var content = json["content"]!.AsArray();
        Assert.Equal(count, content.Count);
        Assert.Equal(firstId, count == 0 ? 0 : content[0]!["id"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_page_holds_the_same_objects_as_the_list()
    {
        var page = (await _http.GetAsync("v2/owners?page=1&size=4")).Json["content"]!;
        var list = (await _http.GetAsync("owners")).Json.AsArray().Skip(4).Take(4);

        Assert.Equal($"[{string.Join(',', list.Select(owner => owner!.ToJsonString()))}]", page.ToJsonString());
    }

    [Theory]
    [InlineData("page=-1", "page")]
    [InlineData("page=", "page")]
    [InlineData("page=x", "page")]
    [InlineData("page=1.0", "page")]
    [InlineData("page=2147483648", "page")]
    [InlineData("page=1&page=2", "page")]
    [InlineData("size=0", "size")]
    [InlineData("size=101", "size")]
    [InlineData("size=-5", "size")]
    [InlineData("size=ten", "size")]
    [InlineData("page=x&size=x", "page")]
    public async Task A_page_out_of_bounds_is_refused(string query, string parameter)
    {
        foreach (var resource in new[] { "v2/owners", "v2/pets" })
        {
            var answer = await _http.GetAsync($"{resource}?{query}");

            Assert.Equal((HttpStatusCode.BadRequest, "bad-request"), (answer.Status, answer.ProblemSlug));
            Assert.StartsWith($"The query parameter '{parameter}' must be a whole number", answer.Detail, StringComparison.Ordinal);
            Assert.Empty(answer.ValidationErrors);
        }
    }
}

public sealed class PagingOnSqlite(SqliteClinic clinic) : PagingContract(clinic), IClassFixture<SqliteClinic>;

public sealed class PagingOnPostgreSql(PostgreSqlClinic clinic) : PagingContract(clinic), IClassFixture<PostgreSqlClinic>;
