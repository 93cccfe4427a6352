using System.Collections.Immutable;
using System.Text;
using OrleansShop.Strangler.Entities;
using OrleansShop.Strangler.Index;
using OrleansShop.Strangler.Keys;
using OrleansShop.Strangler.Phases;
using OrleansShop.Strangler.Rows;

namespace OrleansShop.Strangler.Tests.Moving;

/// <summary>A book of the library.</summary>
[Alias("OrleansShop.Strangler.Tests.IMovedBookGrain")]
public interface IBookGrain : IMigratableGrain, IGrainWithIntegerKey
{
    Task<string?> GetAsync();

    /// <summary>What the copy says, whoever owns the book.</summary>
    Task<string?> GetCopyAsync();

    Task SetAsync(string title);

    Task DeleteAsync();

    /// <summary>Ends the activation, so that the next call finds what was stored.</summary>
    Task EndActivationAsync();
}

[GenerateSerializer, Immutable, Alias("OrleansShop.Strangler.Tests.MovedBook")]
public sealed record Book([property: Id(0)] string Title);

/// <summary>Named apart from the books of the tests of moves, which live in the same assembly.</summary>
[GrainType("moved-book")]
internal sealed class BookGrain([PersistentState("book", "books")] IPersistentState<EntityState<Book>> stored, EntityKind<Book> kind) : MigratableGrain<Book>(stored, kind), IBookGrain
{
    private readonly IPersistentState<EntityState<Book>> _stored = stored;

    public async Task<string?> GetAsync() => (await ReadAsync())?.Title;

    public Task<string?> GetCopyAsync() => Task.FromResult(_stored.State.Value?.Title);

    public Task SetAsync(string title) => WriteAsync(new Book(title));

    public Task DeleteAsync() => WriteAsync(value: null);

    public Task EndActivationAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}

/// <summary>Where the capability of the library's books stands.</summary>
public interface IMovedBooksGrain : ICapabilityGrain;

internal sealed class MovedBooksGrain([PersistentState("capability", "books")] IPersistentState<CapabilityRecord> record, TimeProvider time) : CapabilityGrain(record, time), IMovedBooksGrain;

internal sealed class BookMapping : IEntityMapping<Book>
{
    public Book FromRows(EntityRows rows) => new(rows.Row.Text("title"));

    public EntityRows ToRows(EntityId id, long version, Book value) => RowsOf(id, value.Title) with { Version = version };

    public (ReadOnlyMemory<byte> Document, ImmutableArray<IndexTerm> Terms) ToIndex(EntityId id, Book value) => (Encoding.UTF8.GetBytes(value.Title), []);

    internal static EntityRows RowsOf(EntityId id, string title) => new("book", id.ToString(), 0, Row.Of(("id", id), ("title", title)));
}

/// <summary>An index that nobody lists from. It keeps the marks.</summary>
internal sealed class UnreadIndex : IEntityIndex
{
    private readonly Lock _lock = new();
    private readonly List<EntityKey> _marks = [];

    public Task MarkPendingAsync(EntityKey key, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (!_marks.Contains(key)) _marks.Add(key);
        }

        return Task.CompletedTask;
    }

    public Task CommitAsync(IReadOnlyList<IndexEntry> entries, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            foreach (var entry in entries) _marks.Remove(entry.Key);
        }

        return Task.CompletedTask;
    }

    public Task<IndexPage> QueryAsync(IndexQuery query, CancellationToken cancellationToken = default)
    {
        lock (_lock) return Task.FromResult(new IndexPage([], 0, [.. _marks.Where(mark => mark.Kind == query.Kind).Select(static mark => mark.Id)]));
    }

    public Task ClearAsync(string kind, CancellationToken cancellationToken = default) => Task.CompletedTask;
}
