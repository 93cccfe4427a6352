using System.Globalization;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Orleans.Streams;
using OrleansShop.Engine.Calls;
using OrleansShop.Engine.Streams.DeadLetters;
using OrleansShop.Engine.Streams.Providers;

namespace OrleansShop.Engine.Streams.Memory;

/// <summary>The dead letters of a provider of streams in memory. They are kept in a table, because its queues end with their process.</summary>
/// <param name="provider">The provider's name.</param>
/// <param name="table">Keeps them.</param>
/// <param name="services">For the provider, which needs this to be there first, and for what reads events.</param>
/// <param name="references">Makes references to agents.</param>
/// <param name="metrics">Counts.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">For what people decide.</param>
internal sealed partial class MemoryDeadLetters(
    string provider, IDeadLetterTable table, IServiceProvider services, ReferenceFactory references, StreamMetrics metrics, TimeProvider time, ILogger<MemoryDeadLetters> logger) : IDeadLetterQueue, IDeadLetterStore
{
    // The first byte of what is kept; the body follows.
    private const byte EventMark = 1;
    private const byte SignalMark = 2;

    /// <summary>How many rows an order reads at once. Their payloads are read one by one.</summary>
    private const int RowsAtOnce = 100;

    private readonly ILogger _logger = logger;

    public async Task AddAsync(IBatchContainer message, DeadLetterReason reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reason);
        var kept = (MemoryBatchContainer)message;
        byte[] payload = [kept.IsSignal ? SignalMark : EventMark, .. kept.Payload];

        // A subscription belongs to a stream, and a stream to one queue, which counts its messages.
        var id = string.Create(CultureInfo.InvariantCulture, $"{kept.Sequence:x}-{reason.Subscription:N}");
        var dropped = await table.AddAsync(new DeadLetterRow(id, reason, kept.Payload.Length, payload), cancellationToken);
        if (dropped == 0)
            return;
        metrics.DeadLettersDropped(provider, dropped);
        LogDropped(dropped, provider);
    }

    public async Task<DeadLetterPage> ListAsync(DeadLetterFilter filter, string? after, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, DeadLetterFilter.MaxLimit);
        var position = 0L;
        if (after is not null && !long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out position))
            throw new ArgumentException($"No page begins at '{after}': it is a number that an earlier page has given.", nameof(after));
        var rows = await table.ReadAsync(provider, new DeadLetterQuery(filter, Ids: null, position, limit, WithPayload: false), cancellationToken);
        return new([.. rows.Select(static row => new DeadLetter(row.Id, row.Reason, row.SizeBytes, Payload: null))], rows.Count < limit ? null : rows[^1].Position.ToString(CultureInfo.InvariantCulture));
    }

    public async Task<DeadLetter?> FindAsync(string id, CancellationToken cancellationToken) =>
        await FindRow(id, cancellationToken) is { } row ? new DeadLetter(row.Id, row.Reason, row.SizeBytes, TextOf(row)) : null;

    public Task<DeadLetterOutcome> RedriveAsync(DeadLetterSelection selection, CancellationToken cancellationToken) => DoWithEach(selection, Redrive, cancellationToken);

    public Task<DeadLetterOutcome> PurgeAsync(DeadLetterSelection selection, CancellationToken cancellationToken) => DoWithEach(selection, Purge, cancellationToken);

    /// <summary>Counts the dead letters of a queue; null if the table does not tell. How the queue itself stands is wanted then more than ever.</summary>
    public async Task<long?> TryCount(string queue, CancellationToken cancellationToken)
    {
        try
        {
            return await table.CountAsync(provider, queue, cancellationToken);
        }
#pragma warning disable CA1031 // Whatever the table's trouble.
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogNotCounted(e, queue, provider);
            return null;
        }
    }

    private async Task<bool> Redrive(DeadLetterRow chosen, CancellationToken cancellationToken)
    {
        // Somebody else may have been faster.
        if (await FindRow(chosen.Id, cancellationToken) is not { Payload: { } payload } row)
            return false;
        var (reason, isSignal) = (row.Reason, IsSignal(row));
        await references.Create<IMemoryQueueExtension>(StreamProvider.Of(services, provider).AgentOf(reason.Stream)).AddFor(reason.Subscription, reason.Stream, new Immutable<byte[]>(payload[1..]), isSignal);

        // Sent and not removed is sent twice at worst; removed and not sent would be lost.
        await table.RemoveAsync(provider, row.Id, CancellationToken.None);
        metrics.Redriven(provider);
        LogRedriven(row.Id, provider, reason.Stream, reason.Subscription);
        return true;
    }

    private async Task<bool> Purge(DeadLetterRow row, CancellationToken cancellationToken)
    {
        if (!await table.RemoveAsync(provider, row.Id, cancellationToken))
            return false;
        LogPurged(row.Id, provider, row.Reason.Stream, row.Reason.Subscription);
        return true;
    }

    private async Task<DeadLetterOutcome> DoWithEach(DeadLetterSelection selection, Func<DeadLetterRow, CancellationToken, Task<bool>> act, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(selection);
        ArgumentOutOfRangeException.ThrowIfLessThan(selection.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(selection.Limit, DeadLetterSelection.MaxLimit);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(selection.Ids?.Count ?? 0, DeadLetterSelection.MaxIds);

        // What is sent again and fails again is a new dead letter, and none of this order.
        var now = time.GetUtcNow();
        var filter = selection.Filter with { FailedBefore = selection.Filter.FailedBefore < now ? selection.Filter.FailedBefore : now };
        var (matched, done, position) = (0, 0, 0L);
        while (matched < selection.Limit)
        {
            var limit = Math.Min(RowsAtOnce, selection.Limit - matched);
            var rows = await table.ReadAsync(provider, new DeadLetterQuery(filter, selection.Ids, position, limit, WithPayload: false), cancellationToken);
            foreach (var row in rows)
            {
                matched++;
                position = row.Position;
                if (selection.IsDryRun)
                    continue;
                try
                {
                    done += await act(row, cancellationToken) ? 1 : 0;
                }
#pragma warning disable CA1031 // Its queue may be full, or its owner away: the operator is told how far it got.
                catch (Exception e) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
                {
                    LogOrderFailed(e, row.Id, provider);
                    return new(matched, done, $"{row.Id}: {e.Message}");
                }
            }

            if (rows.Count < limit)
                break;
        }

        return new(matched, done);
    }

    private async Task<DeadLetterRow?> FindRow(string id, CancellationToken cancellationToken) =>
        (await table.ReadAsync(provider, new DeadLetterQuery(DeadLetterFilter.All, [id], After: 0, Limit: 1, WithPayload: true), cancellationToken)).SingleOrDefault();

    private DeadLetterPayload TextOf(DeadLetterRow row)
    {
        var body = row.Payload![1..];
        var message = new MemoryBatchContainer(new MemoryMessage(Sequence: 0, row.Reason.Stream, body, IsSignal(row), row.Reason.FailedAt, OnlyFor: null));
        return EventText.Of(message.ForReader(services, provider), body);
    }

    private static bool IsSignal(DeadLetterRow row) => row.Payload is [EventMark or SignalMark, ..]
        ? row.Payload[0] == SignalMark
        : throw new InvalidDataException($"The dead letter {row.Id} of stream provider \"{row.Reason.Provider}\" holds no message of a stream in memory.");
}
