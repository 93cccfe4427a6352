using System.Collections.Immutable;
using System.Text;
using OrleansShop.Strangler.Entities;
using OrleansShop.Strangler.Index;
using OrleansShop.Strangler.Keys;
using OrleansShop.Strangler.Rows;

namespace OrleansShop.Strangler.Tests.Entities.Moves;

/// <summary>A book of an application that is no clinic.</summary>
[Alias("OrleansShop.Strangler.Tests.IBookGrain")]
public interface IBookGrain : IGrainWithIntegerKey
{
    Task<string?> GetTitleAsync();

    Task WriteAsync(string? title);

    Task CreateAsync(string title);

    /// <summary>Ends the activation, so that the next call finds what was stored.</summary>
    Task EndActivationAsync();
}

[GenerateSerializer, Immutable, Alias("OrleansShop.Strangler.Tests.Book")]
public sealed record Book([property: Id(0)] string Title);

internal sealed class BookGrain([PersistentState("book", "books")] IPersistentState<EntityState<Book>> stored, EntityKind<Book> kind) : MigratableGrain<Book>(stored, kind), IBookGrain
{
    public async Task<string?> GetTitleAsync() => (await ReadAsync())?.Title;

    public Task WriteAsync(string? title) => WriteAsync(title is null ? null : new Book(title));

    public Task CreateAsync(string title) => WriteNewAsync(new Book(title));

    public Task EndActivationAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}

internal sealed class BookMapping : IEntityMapping<Book>
{
    public static EntityRows Rows(EntityId id, long version, string title) => new("book", id.ToString(), version, Row.Of(("id", id), ("title", title)));

    public Book FromRows(EntityRows rows) => new(rows.Row.Text("title"));

    public EntityRows ToRows(EntityId id, long version, Book value) => Rows(id, version, value.Title);

    public (ReadOnlyMemory<byte> Document, ImmutableArray<IndexTerm> Terms) ToIndex(EntityId id, Book value) => (Encoding.UTF8.GetBytes(value.Title), []);
}
