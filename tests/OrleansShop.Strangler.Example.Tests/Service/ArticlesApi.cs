using System.Text.Json;
using OrleansShop.Strangler.Entities;
using OrleansShop.Strangler.Index;
using OrleansShop.Strangler.Keys;

namespace OrleansShop.Strangler.Example.Tests.Service;

/// <summary>The part of the monolith's HTTP API that the grains answer, as the monolith answers it.</summary>
internal static class ArticlesApi
{
    public static void MapArticles(this IEndpointRouteBuilder api)
    {
        api.MapGet("/articles", ListAsync);
        api.MapPost("/articles", CreateAsync);
        api.MapGet("/articles/{sku}", async (string sku, IGrainFactory grains) =>
            Find(grains, sku) is { } grain && await grain.GetAsync() is { } article ? Results.Ok(ArticleBody.Of(sku, article)) : Results.NotFound());
        api.MapPut("/articles/{sku}", async (string sku, ArticleBody body, IGrainFactory grains, TimeProvider time) =>
            Find(grains, sku) is { } grain && await grain.UpdateAsync(body.ToArticle(time)) ? Results.NoContent() : Results.NotFound());
        api.MapDelete("/articles/{sku}", async (string sku, IGrainFactory grains) => Find(grains, sku) is { } grain && await grain.DeleteAsync() ? Results.NoContent() : Results.NotFound());
    }

    private static async Task<IResult> ListAsync([FromKeyedServices(StockService.Name)] SettledIndex index, IGrainFactory grains, CancellationToken aborted)
    {
        var page = await index.QueryAsync(new IndexQuery(ArticleMapping.Kind), grains.GetEntity<IArticleGrain>, aborted);
        return Results.Ok(page.Documents.Select(found => ArticleBody.Of(found.Id.ToString(), JsonSerializer.Deserialize<Article>(found.Document.Span)!)));
    }

    private static async Task<IResult> CreateAsync(ArticleBody body, IGrainFactory grains, TimeProvider time)
    {
        if (Find(grains, body.Sku) is not { } grain) return Results.BadRequest($"'sku' must be {KeyType.Text.Wanted()}.");
        var article = body.ToArticle(time);
        return await grain.CreateAsync(article) ? Results.Created($"/shop/articles/{Uri.EscapeDataString(body.Sku)}", ArticleBody.Of(body.Sku, article)) : Results.Conflict();
    }

    /// <summary>Null: no article can have this id.</summary>
    private static IArticleGrain? Find(IGrainFactory grains, string sku) => KeyType.Text.TryRead(sku, out var id) ? grains.GetGrain<IArticleGrain>(id.ToString()) : null;
}

/// <summary>An article as clients send and get it.</summary>
internal sealed record ArticleBody(string Sku, string Name, long Price, IReadOnlyList<string> Tags, string? Changed = null)
{
    public static ArticleBody Of(string sku, Article article) => new(sku, article.Name, article.Price, article.Tags, article.Changed);

    public Article ToArticle(TimeProvider time) => new(Name, Price, [.. Tags.Order(StringComparer.Ordinal)], time.GetUtcNow().ToString("O"));
}
