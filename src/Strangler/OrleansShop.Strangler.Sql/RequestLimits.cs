using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Ownership;
using OrleansShop.Strangler.Rows;

namespace OrleansShop.Strangler.Sql;

/// <summary>Bounds on what one call may ask for. Beyond them the call is refused as a whole.</summary>
internal static class RequestLimits
{
    private const int MaxIdCount = 1000;
    private const int MaxTextLength = 1000;

    internal static void Check(RowQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        Require(query.Limit is >= 1 and <= RowQuery.MaxLimit, $"Limit is {query.Limit}; it must be from 1 to {RowQuery.MaxLimit}.");
        Require((query.Column is null) == (query.Values is null), "Column and Values select rows together; give both or neither.");
        Require(query.Values is null or { Count: >= 1 and <= RowQuery.MaxValues }, $"There are {query.Values?.Count} values; there must be from 1 to {RowQuery.MaxValues}.");
        Require(query.Values is null || query.Values.All(static value => value is { Length: <= MaxTextLength }), $"A value is null or longer than {MaxTextLength} characters.");
        Require(query.After is null or { Length: <= MaxTextLength }, $"After is longer than {MaxTextLength} characters.");
    }

    internal static void Check(IReadOnlyList<EntityChange> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        Require(changes.Count is >= 1 and <= EntityChange.MaxBatch, $"There are {changes.Count} changes; there must be from 1 to {EntityChange.MaxBatch}.");
        foreach (var change in changes)
        {
            Require(change is { Capability: not null, Kind: not null, Id: { Length: >= 1 and <= MaxTextLength } }, $"A change lacks its capability, kind or id, or its id is longer than {MaxTextLength} characters.");
            Require(change.Children is null || change.Children.Values.All(static rows => rows is not null && rows.All(static row => row is not null)), $"A child row of {change.Kind} {change.Id} is null.");
            Require(Enum.IsDefined(change.Owner), $"The owner of {change.Kind} {change.Id} is {(int)change.Owner}; it must be {EntityOwner.Monolith} or {EntityOwner.Grains}.");
            Require(change is { Epoch: >= 0, Version: >= 0 }, $"Epoch and version of {change.Kind} {change.Id} must not be negative.");
            Require(change.Row is null or { Columns.Count: >= 1 }, $"The row of {change.Kind} {change.Id} has no columns.");
        }
    }

    internal static void Check(CapabilityAnnouncement announcement)
    {
        ArgumentNullException.ThrowIfNull(announcement);
        CheckName(announcement.Capability, "capability");
        Require(announcement.Epoch >= 0, $"The epoch is {announcement.Epoch}; it must not be negative.");
        Require(announcement.Fence || announcement is { Takes: false, Feeds: false, Closed: false }, "Without a fence nothing can be taken, nothing be fed and nothing be closed.");
    }

    internal static void Check(TakeRequest? request)
    {
        Require(request is not null, "A take is null.");
        CheckName(request!.Capability, "capability");
        CheckName(request.Kind, "kind");
        CheckId(request.Id);
    }

    internal static void Check(IReadOnlyList<TakeRequest>? requests)
    {
        Require(requests is { Count: >= 1 and <= TakeGroupRequest.MaxTakes }, $"There are {requests?.Count ?? 0} takes; there must be from 1 to {TakeGroupRequest.MaxTakes}.");
        foreach (var request in requests!)
        {
            Check(request);
            Require((request.Capability, request.Kind) == (requests[0].Capability, requests[0].Kind), "The takes of a group must all be of one kind.");
        }
    }

    internal static void Check(LedgerQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        CheckName(query.Capability, "capability");
        CheckName(query.Kind, "kind");
        Require(query.Limit is >= 1 and <= RowQuery.MaxLimit, $"Limit is {query.Limit}; it must be from 1 to {RowQuery.MaxLimit}.");
        Require(query.After is null or { Length: <= MaxTextLength }, $"After is longer than {MaxTextLength} characters.");
        Require(Enum.IsDefined(query.Owner), $"Owner is {(int)query.Owner}; it must be {EntityOwner.Monolith} or {EntityOwner.Grains}.");
    }

    internal static void CheckFeed(long after, int limit)
    {
        Require(after >= 0, $"The position is {after}; it must not be negative.");
        Require(limit is >= 1 and <= RowQuery.MaxLimit, $"Limit is {limit}; it must be from 1 to {RowQuery.MaxLimit}.");
    }

    internal static void CheckName(string? name, string what) =>
        Require(name is { Length: >= 1 and <= MaxTextLength }, $"The {what} is missing or longer than {MaxTextLength} characters.");

    internal static void CheckId(string? id) =>
        Require(id is { Length: >= 1 and <= MaxTextLength }, $"The id is missing or longer than {MaxTextLength} characters.");

    internal static void CheckIdCount(int count) =>
        Require(count is >= 1 and <= MaxIdCount, $"The count of ids is {count}; it must be from 1 to {MaxIdCount}.");

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new BridgeRefusedException(BridgeRefusal.Invalid, otherwise);
        }
    }
}
