using Microsoft.Extensions.Logging;
using OrleansShop.Engine.Sqs.Calling;
using OrleansShop.Engine.Sqs.Receiving;

namespace OrleansShop.Engine.Sqs.Streams.DeadLetters;

/// <summary>Dead letters that are hidden in their queues while somebody looks at them. Disposing it gives them back.</summary>
/// <param name="client">Calls SQS.</param>
/// <param name="hidden">How long they stay hidden if they cannot be given back.</param>
/// <param name="logger">Where that is said.</param>
internal sealed partial class FoundLetters(SqsClient client, TimeSpan hidden, ILogger<FoundLetters> logger) : IAsyncDisposable
{
    // Guards the dictionary.
    private readonly Lock _gate = new();
    private readonly Dictionary<string, FoundLetter> _letters = [];

    /// <summary>Whether that is all that the queues have.</summary>
    public bool IsComplete { get; set; }

    /// <summary>In the order of their last failures.</summary>
    public IEnumerable<FoundLetter> Letters
    {
        get
        {
            lock (_gate)
                return [.. _letters.Values.OrderBy(static letter => letter.Place, StringComparer.Ordinal)];
        }
    }

    /// <summary>Whether it is a new one. One that has come before was hidden for too short; its new receipt is the one that counts.</summary>
    public bool Add(FoundLetter letter)
    {
        lock (_gate)
        {
            var isNew = !_letters.ContainsKey(letter.Id);
            _letters[letter.Id] = letter;
            return isNew;
        }
    }

    /// <summary>It is deleted.</summary>
    public void IsGone(FoundLetter letter)
    {
        lock (_gate)
            _letters.Remove(letter.Id);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var ofQueue in Letters.GroupBy(static letter => letter.Queue.DeadLetterUrl))
        {
            // Whoever cancels wants them visible again too; the client's own time limits end this.
            VisibilityChange[] changes = [.. ofQueue.Select(static letter => new VisibilityChange(letter.Message.ReceiptHandle, TimeSpan.Zero))];
            var errors = await client.ChangeVisibilityBatchAsync(ofQueue.Key, changes, CancellationToken.None).ConfigureAwait(false);

            // Visible again already is what was wanted.
            var failures = errors.Where(static error => error is { Failure: not SqsFailure.ReceiptRefused }).ToList();
            if (failures.Count > 0) LogNotGivenBack(failures[0]!, failures.Count, CalledService.NameOf(ofQueue.Key), client.Place, hidden);
        }
    }
}
