using OrleansShop.Engine.Sqs.Calling;

namespace OrleansShop.Engine.Sqs.Batches;

/// <summary>
/// Which entries of a batch of any length go with the next call, and what became of the others. Pure; for one caller at a time.
/// </summary>
/// <param name="sizes">The bytes of each; entries are named by their places here, from 0.</param>
/// <param name="maxBytes">The most bytes of one call. A larger entry goes alone.</param>
/// <param name="group">The group whose order is kept: null for an entry without. Two entries of one group never share a call, and nothing of a group goes after one that failed.</param>
internal sealed class PendingEntries(int[] sizes, int maxBytes, Func<int, string?> group)
{
    /// <summary>The most entries that SQS and SNS take in one call.</summary>
    public const int MostOfOneCall = 10;

    private readonly bool[] _isSettled = new bool[sizes.Length];
    private int _first;

    /// <summary>Why each failed; null if it has not, or not yet.</summary>
    public SqsException?[] Errors { get; } = new SqsException?[sizes.Length];

    /// <summary>Those that go with the next call, in their order; empty when all are settled.</summary>
    public List<int> Next()
    {
        while (_first < sizes.Length && _isSettled[_first]) _first++;

        List<int> call = [];
        HashSet<string>? groups = null;
        var bytes = 0L;
        for (var entry = _first; entry < sizes.Length && call.Count < MostOfOneCall; entry++)
        {
            if (_isSettled[entry] || (group(entry) is { } ofGroup && !(groups ??= []).Add(ofGroup))) continue;

            bytes += sizes[entry];
            if (call.Count > 0 && bytes > maxBytes) break;
            call.Add(entry);
        }

        return call;
    }

    /// <summary>An entry is done.</summary>
    public void Take(int entry) => _isSettled[entry] = true;

    /// <summary>An entry has failed for good; those behind it in its group have too.</summary>
    public void Fail(int entry, SqsException error)
    {
        (_isSettled[entry], Errors[entry]) = (true, error);
        if (group(entry) is not { } ofGroup) return;
        for (var later = entry + 1; later < sizes.Length; later++)
        {
            if (_isSettled[later] || group(later) != ofGroup) continue;
            _isSettled[later] = true;
            Errors[later] = new SqsException(SqsFailure.NotSent, $"It was not sent, because an earlier one of its group \"{ofGroup}\" was not: {error.Message}", error) { MayPass = error.MayPass };
        }
    }

    /// <summary>Everything that is not settled has failed.</summary>
    public void FailRest(SqsException error)
    {
        for (var entry = _first; entry < sizes.Length; entry++)
        {
            if (!_isSettled[entry]) (_isSettled[entry], Errors[entry]) = (true, error);
        }
    }
}
