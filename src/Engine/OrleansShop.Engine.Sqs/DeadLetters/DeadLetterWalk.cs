using Microsoft.Extensions.Logging;
using OrleansShop.Engine.Sqs.Calling;
using OrleansShop.Engine.Sqs.Receiving;

namespace OrleansShop.Engine.Sqs.DeadLetters;

/// <summary>
/// Receives each message of a queue once. SQS has no other way to look at them: what was received is hidden from everyone meanwhile, and given back at the end.
/// For one caller at a time.
/// </summary>
/// <remarks>
/// Of a group of a FIFO queue nothing is received while one of its messages is hidden: what is not released holds back those behind it until the end.
/// </remarks>
/// <param name="client">The client of the queue.</param>
/// <param name="queueUrl">The queue.</param>
/// <param name="visibility">How long messages stay hidden if they cannot be given back, as when the process dies.</param>
/// <param name="most">The most messages that are received.</param>
/// <param name="logger">Where it is reported that messages could not be given back.</param>
internal sealed partial class DeadLetterWalk(SqsClient client, string queueUrl, TimeSpan visibility, int most, ILogger logger) : IAsyncDisposable
{
    // A receive that waits asks all servers of the queue; one that does not asks some, and may find nothing where there is something.
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(1);
    private const int MostOfOneReceive = 10;

    private readonly Dictionary<string, string> _held = [];
    private readonly HashSet<string> _seen = [];

    /// <summary>How many messages have come so far.</summary>
    public int Seen => _seen.Count;

    /// <summary>Whether the queue had nothing more that could be received.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>The next messages; empty when there are no more, or as many as are allowed have come.</summary>
    public async Task<IReadOnlyList<SqsMessage>> NextAsync(CancellationToken cancellationToken)
    {
        if (IsAtEnd || Seen >= most) return [];

        var receive = new SqsReceive { MaxMessages = Math.Min(MostOfOneReceive, most - Seen), Visibility = visibility, Wait = Wait };
        var received = await client.ReceiveAsync(queueUrl, receive, cancellationToken).ConfigureAwait(false);
        List<SqsMessage> fresh = [];
        foreach (var message in received)
        {
            // One that has come before is one whose time was over; its new receipt is the one that counts.
            _held[message.Id] = message.ReceiptHandle;
            if (_seen.Add(message.Id)) fresh.Add(message);
        }

        IsAtEnd = fresh.Count == 0;
        return fresh;
    }

    /// <summary>A message was deleted: it is not given back.</summary>
    public void Release(SqsMessage message) => _held.Remove(message.Id);

    /// <summary>Gives back what is hidden still.</summary>
    public async ValueTask DisposeAsync()
    {
        // Whoever cancels wants the messages visible again too; the client's own time limits end this.
        List<VisibilityChange> changes = [.. _held.Values.Select(static handle => new VisibilityChange(handle, TimeSpan.Zero))];
        var errors = await client.ChangeVisibilityBatchAsync(queueUrl, changes, CancellationToken.None).ConfigureAwait(false);

        // Visible again already is what was wanted.
        var failures = errors.Where(static error => error is { Failure: not SqsFailure.ReceiptRefused }).ToList();
        if (failures.Count > 0) LogNotGivenBack(failures[0]!, failures.Count, CalledService.NameOf(queueUrl), client.Place, visibility);
        _held.Clear();
    }
}
