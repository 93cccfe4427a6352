using OrleansShop.Engine.Sqs.Receiving;

namespace OrleansShop.Engine.Sqs.Streams.DeadLetters;

/// <summary>Dead letters that are hidden in their queues while somebody looks at them. Disposing it gives them back.</summary>
internal sealed class FoundLetters(SqsClient client) : IAsyncDisposable
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

    public void Add(FoundLetter letter)
    {
        lock (_gate)
            _letters[letter.Id] = letter;
    }

    /// <summary>It is deleted.</summary>
    public void IsGone(FoundLetter letter)
    {
        lock (_gate)
            _letters.Remove(letter.Id);
    }

    public async ValueTask DisposeAsync()
    {
        // What cannot be given back is there again when its time is over.
        foreach (var ofQueue in Letters.GroupBy(static letter => letter.Queue.DeadLetterUrl))
            await client.ChangeVisibilityBatchAsync(ofQueue.Key, [.. ofQueue.Select(static letter => new VisibilityChange(letter.Message.ReceiptHandle, TimeSpan.Zero))]).ConfigureAwait(false);
    }
}
