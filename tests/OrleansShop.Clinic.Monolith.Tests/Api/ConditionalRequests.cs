using System.Net;
using OrleansShop.Clinic.Monolith.Tests.Hosting;
using Xunit;

namespace OrleansShop.Clinic.Monolith.Tests.Api;

public sealed class ConditionalRequests(SqliteClinic clinic) : IClassFixture<SqliteClinic>
{
    private readonly ClinicClient _http = clinic.Http;

    [Theory]
    [InlineData("owners")]
    [InlineData("owners/1")]
    [InlineData("owners/1/pets/1")]
    [InlineData("v2/owners")]
    [InlineData("v2/pets")]
    [InlineData("pets")]
    [InlineData("pets/1")]
    [InlineData("pettypes")]
    [InlineData("pettypes/1")]
    [InlineData("vets")]
    [InlineData("vets/1")]
    [InlineData("specialties")]
    [InlineData("specialties/1")]
    [InlineData("visits")]
    [InlineData("visits/1")]
    public async Task Whoever_has_the_answer_already_gets_none(string path)
    {
        var first = await _http.GetAsync(path);
        var tag = first.Header("ETag")!;
        Assert.Matches("^W/\"[0-9a-f]{32}\"$", tag);

        foreach (var known in new[] { tag, tag[2..], $"\"other\", {tag}", "*" })
        {
            var again = await _http.GetAsync(path, ("If-None-Match", known));
            Assert.Equal((HttpStatusCode.NotModified, "", tag), (again.Status, again.Text, again.Header("ETag")));
        }

        foreach (var unknown in new[] { "\"other\"", "W/\"other\"", "nonsense", "" })
        {
            Assert.Equal(first.Text, (await _http.GetAsync(path, ("If-None-Match", unknown))).Text);
        }
    }

    [Fact]
    public async Task A_changed_object_has_another_tag_also_where_it_is_nested()
    {
        var owner = await _http.AddOwnerAsync();
        var pet = await _http.AddPetAsync(owner);
        var before = (await _http.GetAsync($"owners/{owner}")).Header("ETag")!;

        await _http.AddVisitAsync(pet);

        var after = await _http.GetAsync($"owners/{owner}", ("If-None-Match", before));
        Assert.Equal(HttpStatusCode.OK, after.Status);
        Assert.NotEqual(before, after.Header("ETag"));
    }

    [Fact]
    public async Task Problems_have_no_tag() => Assert.Null((await _http.GetAsync("owners/999999")).Header("ETag"));
}
