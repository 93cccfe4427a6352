using OrleansShop.Strangler.Entities;

namespace OrleansShop.Strangler.Example.Tests.Service;

/// <summary>One article. The key is its stock number, a text.</summary>
[Alias("example.IArticleGrain")]
public interface IArticleGrain : IGrainWithStringKey
{
    Task<Article?> GetAsync();

    /// <summary>False: there is one with this stock number, whoever owns it.</summary>
    Task<bool> CreateAsync(Article article);

    /// <summary>False: there is none.</summary>
    Task<bool> UpdateAsync(Article article);

    /// <summary>False: there is none.</summary>
    Task<bool> DeleteAsync();
}

/// <summary>The grain's type is named as the kind in the manifest, so that gateways find its silo.</summary>
[GrainType(ArticleMapping.Kind)]
internal sealed class ArticleGrain([PersistentState("article", StockService.Name)] IPersistentState<EntityState<Article>> stored, EntityKind<Article> kind)
    : MigratableGrain<Article>(stored, kind), IArticleGrain
{
    public async Task<Article?> GetAsync() => await ReadAsync();

    public Task<bool> CreateAsync(Article article) => TryCreateAsync(article);

    public async Task<bool> UpdateAsync(Article article)
    {
        if (await ReadAsync() is null) return false;
        await WriteAsync(article);
        return true;
    }

    public async Task<bool> DeleteAsync()
    {
        if (await ReadAsync() is null) return false;
        await WriteAsync(null);
        return true;
    }
}
