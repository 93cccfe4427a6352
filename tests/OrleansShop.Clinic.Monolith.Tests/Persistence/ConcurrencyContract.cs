using System.Net;
using OrleansShop.Clinic.Monolith.Tests.Hosting;
using Xunit;

namespace OrleansShop.Clinic.Monolith.Tests.Persistence;

public abstract class ConcurrencyContract(ClinicFixture clinic)
{
    private const int Rounds = 15;

    private readonly ClinicClient _http = clinic.Http;

    [Fact]
    public async Task Of_two_deletes_of_one_owner_one_finds_it()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var owner = await _http.AddOwnerAsync();
            await _http.AddVisitAsync(await _http.AddPetAsync(owner));

            var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _http.DeleteAsync($"owners/{owner}")));

            Assert.Equal(
                [HttpStatusCode.NoContent, HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound],
                answers.Select(answer => answer.Status).Order());
        }
    }

    [Fact]
    public async Task Pets_and_visits_added_while_their_owner_is_deleted_are_there_or_refused_but_never_orphans()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var owner = await _http.AddOwnerAsync();
            var pet = await _http.AddPetAsync(owner);

            var adds = Enumerable.Range(0, 4).SelectMany(_ => new[]
            {
                _http.PostAsync($"owners/{owner}/pets", Samples.Pet()),
                _http.PostAsync("visits", new { description = "x", petId = pet }),
                _http.PutAsync($"pets/{pet}", Samples.Pet("Changed")),
            }).ToList();
            var deletes = new[] { _http.DeleteAsync($"owners/{owner}"), _http.DeleteAsync($"pets/{pet}") };
            var answers = await Task.WhenAll(adds.Concat(deletes));

            Assert.All(answers, answer => Assert.Contains(answer.Status, (HttpStatusCode[])[HttpStatusCode.Created, HttpStatusCode.NoContent, HttpStatusCode.NotFound]));
            Assert.Equal(HttpStatusCode.NoContent, answers[^2].Status);
            Assert.DoesNotContain((await _http.GetAsync("pets")).Json.AsArray(), left => left!["ownerId"]!.GetValue<int>() == owner);
            Assert.DoesNotContain((await _http.GetAsync("visits")).Json.AsArray(), left => left!["petId"]!.GetValue<int>() == pet);
        }
    }

    [Fact]
    public async Task A_type_given_to_a_pet_while_it_is_deleted_stays_or_is_refused()
    {
        var owner = await _http.AddOwnerAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var type = await _http.AddPetTypeAsync("fleeting");

            var adds = Enumerable.Range(0, 3).Select(_ => _http.PostAsync($"owners/{owner}/pets", Samples.Pet(typeId: type)));
            var answers = await Task.WhenAll(adds.Append(_http.DeleteAsync($"pettypes/{type}")));

            var added = answers[..^1].Count(answer => answer.Status == HttpStatusCode.Created);
            Assert.Equal(3 - added, answers[..^1].Count(answer => answer.Status == HttpStatusCode.BadRequest));
            if (answers[^1].Status == HttpStatusCode.NoContent) Assert.Equal(0, added);
            else Assert.Equal(HttpStatusCode.Conflict, answers[^1].Status);
        }
    }

    [Fact]
    public async Task Of_several_users_of_one_name_one_is_made()
    {
        for (var round = 0; round < 3; round++)
        {
            var body = new { username = $"twin{round}", roles = new[] { new { name = "ADMIN" } } };

            var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _http.PostAsync("users", body)));

            Assert.Single(answers, answer => answer.Status == HttpStatusCode.Created);
            Assert.Equal(3, answers.Count(answer => answer.Status == HttpStatusCode.Conflict));
        }
    }

    [Fact]
    public async Task Changes_of_one_vet_at_a_time_leave_the_specialties_of_one_of_them()
    {
        var vet = (await _http.PostAsync("vets", new { firstName = "A", lastName = "B", specialties = Array.Empty<object>() })).Id;

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => _http.PutAsync(
            $"vets/{vet}", new { firstName = "A", lastName = "B", specialties = i % 2 == 0 ? new[] { new { id = 1 } } : [new { id = 2 }, new { id = 3 }] })));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.NoContent, answer.Status));
        var ids = (await _http.GetAsync($"vets/{vet}")).Json["specialties"]!.AsArray().Select(specialty => specialty!["id"]!.GetValue<int>());
        Assert.Contains(string.Join(',', ids), (string[])["1", "2,3"]);
    }

    [Fact]
    public async Task Objects_made_at_once_have_ids_of_their_own()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => _http.PostAsync("owners", Samples.Owner())));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Created, answer.Status));
        Assert.Equal(40, answers.Select(answer => answer.Id).Distinct().Count());
    }

    [Fact]
    public async Task Rows_that_another_writer_brought_with_their_ids_are_served_and_passed_by()
    {
        var last = await _http.AddOwnerAsync();
        await clinic.ExecuteSqlAsync(
            $"INSERT INTO owners (id, first_name, last_name, address, city, telephone) VALUES ({last + 1}, 'Brought', 'Along', 'a', 'c', '1'), ({last + 2}, 'Brought', 'Along', 'a', 'c', '1')");

        Assert.Equal("Brought", (await _http.GetAsync($"owners/{last + 2}")).Json["firstName"]!.GetValue<string>());
        Assert.True(await _http.AddOwnerAsync() > last + 2);
    }

    [Fact]
    public async Task Two_processes_share_one_database()
    {
        await using var other = await clinic.StartAnotherAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => (i % 2 == 0 ? _http : other.Http).PostAsync("owners", Samples.Owner())));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Created, answer.Status));
        Assert.Equal((await _http.GetAsync("owners")).Text, (await other.Http.GetAsync("owners")).Text);
    }
}

public sealed class ConcurrencyOnSqlite(SqliteClinic clinic) : ConcurrencyContract(clinic), IClassFixture<SqliteClinic>;

public sealed class ConcurrencyOnPostgreSql(PostgreSqlClinic clinic) : ConcurrencyContract(clinic), IClassFixture<PostgreSqlClinic>;
