using System.Collections.Immutable;
using OrleansShop.Strangler.Keys;

namespace OrleansShop.Strangler.Index;

/// <summary>What to select from an index.</summary>
/// <param name="Kind">The kind of entity.</param>
/// <param name="TermName">The term to select by; null selects every entry of the kind.</param>
/// <param name="Values">The values of the term that select; ignored with <paramref name="Prefix"/>. At most 10,000.</param>
/// <param name="Prefix">Selects the entries in which a value of the term starts with this, compared by code unit.</param>
/// <param name="Offset">How many selected entries to pass over. Not negative.</param>
/// <param name="Limit">How many entries to return at most; null for all.</param>
/// <param name="After">The id after which to begin; null for the first. Counts in <see cref="IndexPage.Total"/> like any other condition.</param>
/// <param name="PendingFor">How old a mark must be to be reported; null for the age after which a writer counts as dead.</param>
public sealed record IndexQuery(
    string Kind,
    string? TermName = null,
    ImmutableArray<string> Values = default,
    string? Prefix = null,
    int Offset = 0,
    int? Limit = null,
    EntityId? After = null,
    TimeSpan? PendingFor = null);

/// <summary>What a query selected.</summary>
/// <param name="Documents">The entities, ordered by id.</param>
/// <param name="Total">How many entries the query selects in all.</param>
/// <param name="StalePending">
/// Ids of entries of the kind whose mark is as old as the query says, at most 1,000: ask their grains, commit what they say, query again.
/// </param>
public sealed record IndexPage(ImmutableArray<IndexedDocument> Documents, long Total, ImmutableArray<EntityId> StalePending);

/// <summary>One selected entity.</summary>
/// <param name="Id">The entity's id.</param>
/// <param name="Document">The entity, as its service serialized it.</param>
public readonly record struct IndexedDocument(EntityId Id, ReadOnlyMemory<byte> Document);
