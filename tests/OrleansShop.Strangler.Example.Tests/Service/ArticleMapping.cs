using System.Collections.Immutable;
using System.Text.Json;
using OrleansShop.Strangler.Entities;
using OrleansShop.Strangler.Index;
using OrleansShop.Strangler.Keys;
using OrleansShop.Strangler.Rows;

namespace OrleansShop.Strangler.Example.Tests.Service;

/// <summary>An article in its three homes: the grain, the monolith's two tables, the index that lists are answered from.</summary>
internal sealed class ArticleMapping : IEntityMapping<Article>
{
    public const string Kind = "article";

    private const string Tags = "article_tags";

    public Article FromRows(EntityRows rows) => new(
        rows.Row.Text("name"),
        (long)rows.Row["price"]!,
        [.. rows.ChildrenIn(Tags).Select(row => row.Text("tag")).Order(StringComparer.Ordinal)],
        rows.Row.Text("changed"));

    public EntityRows ToRows(EntityId id, long version, Article value) => new(
        Kind,
        id.ToString(),
        version,
        Row.Of(("sku", id), ("name", value.Name), ("price", value.Price), ("changed", value.Changed)),
        new Dictionary<string, IReadOnlyList<Row>>
        {
            [Tags] = [.. value.Tags.Select(tag => Row.Of(("sku", id), ("tag", tag)))],
        });

    public (ReadOnlyMemory<byte> Document, ImmutableArray<IndexTerm> Terms) ToIndex(EntityId id, Article value) =>
        (JsonSerializer.SerializeToUtf8Bytes(value), [.. value.Tags.Select(tag => new IndexTerm("tag", tag))]);
}
