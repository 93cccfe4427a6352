using System.Net;
using System.Text.Json;
using Xunit;

namespace OrleansShop.Strangler.Example.Tests;

/// <summary>A capability that is no clinic, with texts as ids, goes to the grains and comes back.</summary>
public sealed class StockMoveTests
{
    private const int Articles = 60;

    [Fact]
    public async Task The_catalogue_goes_to_the_grains_and_comes_back_while_it_is_written()
    {
        await using var system = await StockSystem.StartAsync();
        for (var number = 0; number < Articles; number++) await CreateAsync(system, Sku(number), number);

        await system.OrderAsync("shadow");
        await system.SettledAsync("Shadow", grains: 0);
        await system.OrderAsync("canary", new { by = "a test", percent = 50 });
        await EachStepAsync(system, round: 1);

        await system.OrderAsync("promote");
        await system.SettledAsync("Grains", grains: Articles);
        await EachStepAsync(system, round: 2);

        await system.OrderAsync("lists", new { by = "a test", lists = "Grains" });
        Assert.Equal(await SkusAsync(system.Monolith), await SkusAsync(system.Gateway));
        await AssertEqualAsync(system, ownedByGrains: Articles);

        await system.OrderAsync("rollback");
        await EachStepAsync(system, round: 3);
        await system.UntilAsync(static status => status.GetProperty("phase").GetString() == "Monolith", "everything is back");
        Assert.Equal(Enumerable.Range(0, Articles).Select(Sku).Order(StringComparer.Ordinal), await SkusAsync(system.Monolith));
        await EachStepAsync(system, round: 4);
    }

    [Fact]
    public async Task An_id_that_is_taken_on_either_side_is_refused_and_one_that_was_deleted_is_free_again()
    {
        await using var system = await StockSystem.StartAsync();
        for (var number = 0; number < 10; number++) await CreateAsync(system, Sku(number), number);
        await system.OrderAsync("shadow");
        await system.OrderAsync("canary", new { by = "a test", percent = 50 });

        for (var number = 0; number < 10; number++)
        {
            Assert.Equal(HttpStatusCode.Conflict, await PostAsync(system, Sku(number), price: 999));
            Assert.Equal(number, (await GetAsync(system, Sku(number))).GetProperty("price").GetInt64());
        }

        for (var number = 0; number < 20; number++)
        {
            if (number < 10) Assert.Equal(HttpStatusCode.NoContent, (await system.Gateway.DeleteAsync(PathOf(Sku(number)))).StatusCode);
            Assert.Equal(HttpStatusCode.Created, await PostAsync(system, Sku(number), price: 1000 + number));
            Assert.Equal(HttpStatusCode.Conflict, await PostAsync(system, Sku(number), price: 999));
            Assert.Equal(1000 + number, (await GetAsync(system, Sku(number))).GetProperty("price").GetInt64());
        }

        // What the grains had and gave back, and the monolith deleted, is made by grains again.
        await system.OrderAsync("canary", new { by = "a test", percent = 0 });
        await system.SettledAsync("Canary", grains: 0);
        for (var number = 0; number < 10; number++) Assert.Equal(HttpStatusCode.NoContent, (await system.Monolith.DeleteAsync(PathOf(Sku(number)))).StatusCode);
        await system.OrderAsync("promote");
        for (var number = 0; number < 10; number++) Assert.Equal(HttpStatusCode.Created, await PostAsync(system, Sku(number), price: 2000 + number));
        await system.SettledAsync("Grains", grains: 20);
        await AssertEqualAsync(system, ownedByGrains: 20);
    }

    [Fact]
    public async Task Texts_that_look_like_one_number_are_two_articles_and_what_is_no_id_is_refused()
    {
        await using var system = await StockSystem.StartAsync();
        await CreateAsync(system, "7", 7);
        await CreateAsync(system, "007", 8);
        await system.OrderAsync("shadow");
        await system.OrderAsync("canary", new { by = "a test", percent = 100 });
        await system.SettledAsync("Canary", grains: 2);

        Assert.Equal(7, (await GetAsync(system, "7")).GetProperty("price").GetInt64());
        Assert.Equal(8, (await GetAsync(system, "007")).GetProperty("price").GetInt64());
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(system, new string('x', 201), price: 1));
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(system, "a\nb", price: 1));
        Assert.Equal(HttpStatusCode.NotFound, (await system.Gateway.GetAsync(PathOf(new string('x', 201)))).StatusCode);
    }

    /// <summary>Writes every article, wherever it is by now, reads it back, and finds the monolith's rows as new.</summary>
    private static async Task EachStepAsync(StockSystem system, int round)
    {
        for (var number = 0; number < Articles; number++)
        {
            var (sku, price) = (Sku(number), (round * 1000) + number);
            using var written = await system.Gateway.PutAsJsonAsync(PathOf(sku), new { sku, name = $"Article {number}", price, tags = new[] { $"round-{round}", "all" } });
            Assert.True(written.StatusCode == HttpStatusCode.NoContent, $"{sku} in round {round}: {written.StatusCode} {await written.Content.ReadAsStringAsync()}");

            var read = await GetAsync(system, sku);
            Assert.Equal(price, read.GetProperty("price").GetInt64());
            Assert.Equal(["all", $"round-{round}"], read.GetProperty("tags").EnumerateArray().Select(static tag => tag.GetString()).Order(StringComparer.Ordinal));
            Assert.Equal(price, (await system.Monolith.GetFromJsonAsync<JsonElement>(PathOf(sku))).GetProperty("price").GetInt64());
        }
    }

    private static async Task AssertEqualAsync(StockSystem system, long ownedByGrains)
    {
        var report = await system.VerifyAsync();
        Assert.True(report.GetProperty("isComplete").GetBoolean(), report.ToString());
        Assert.Equal(0, report.GetProperty("differences").GetInt64());
        Assert.Equal(ownedByGrains, report.GetProperty("ownedByGrains").GetInt64());
    }

    private static async Task CreateAsync(StockSystem system, string sku, long price) => Assert.Equal(HttpStatusCode.Created, await PostAsync(system, sku, price));

    private static async Task<HttpStatusCode> PostAsync(StockSystem system, string sku, long price)
    {
        using var answer = await system.Gateway.PostAsJsonAsync("/shop/articles", new { sku, name = "New", price, tags = Array.Empty<string>() });
        return answer.StatusCode;
    }

    private static Task<JsonElement> GetAsync(StockSystem system, string sku) => system.Gateway.GetFromJsonAsync<JsonElement>(PathOf(sku));

    private static async Task<string[]> SkusAsync(HttpClient side) =>
        [.. (await side.GetFromJsonAsync<JsonElement>("/shop/articles")).EnumerateArray().Select(static article => article.GetProperty("sku").GetString()!)];

    private static string PathOf(string sku) => $"/shop/articles/{Uri.EscapeDataString(sku)}";

    /// <summary>Capitals, small letters, blanks, dots and an umlaut, and zeros in front.</summary>
    private static string Sku(int number) => (number % 4) switch
    {
        0 => $"{number:D5}",
        1 => $"a-{number}.x",
        2 => $"A {number}",
        _ => $"Ä{number}",
    };
}
