using OrleansShop.ServiceDefaults.Problems;

namespace OrleansShop.ServiceDefaults.Streams;

/// <summary>An order to do something with dead letters. Immutable.</summary>
/// <param name="Ids">Those with these ids, at most <see cref="MaxIds"/>; null for those that <paramref name="Search"/> finds.</param>
/// <param name="Search">Which ones, without ids. One that restricts nothing is refused unless <paramref name="All"/> says so.</param>
/// <param name="All">Whether all dead letters may be meant.</param>
/// <param name="DryRun">Only counts them.</param>
/// <param name="By">Who asks, for the log; at most 200 printable characters. Default <c>unknown</c>.</param>
public sealed record DeadLetterOrder(IReadOnlyList<string>? Ids = null, DeadLetterSearch? Search = null, bool All = false, bool DryRun = false, string? By = null)
{
    /// <summary>The most ids of one order. 100.</summary>
    public const int MaxIds = 100;

    private const int MaxByChars = 200;

    /// <summary>Returns the order if it can be.</summary>
    /// <exception cref="ProblemException">It cannot; the problem names what is wrong.</exception>
    public DeadLetterOrder Checked()
    {
        if (By is not null && (By.Length > MaxByChars || By.Any(char.IsControl))) throw Wrong($"'by' must be at most {MaxByChars} printable characters.");
        Search?.Checked(ProblemKinds.InvalidBody);
        if (Ids is null)
        {
            return All || Search is { IsForAll: false }
                ? this
                : throw Wrong("The order names neither 'ids' nor a 'search' that restricts anything. Say '\"all\": true' to mean all dead letters.");
        }

        if (Ids.Count is 0 or > MaxIds) throw Wrong($"'ids' has {Ids.Count} entries; it must have 1 to {MaxIds}.");
        if (Search is { IsForAll: false } || All) throw Wrong("The order names both 'ids' and a search; it takes one of them.");
        foreach (var id in Ids)
        {
            if (!DeadLetterName.TryParse(id, out _)) throw Wrong($"'{id}' is no id of a dead letter: {DeadLetterName.Form}");
        }

        return this;
    }

    private static ProblemException Wrong(string detail) => new(ProblemKinds.InvalidBody, detail);
}

/// <summary>What came of an order.</summary>
/// <param name="Matched">How many were chosen.</param>
/// <param name="Done">How many it was done with; 0 for a dry run.</param>
/// <param name="Problems">Why it was not done with all that were chosen; empty if it was.</param>
/// <param name="Silent">The processes that did not answer: their dead letters are as they were, or what became of them is not known.</param>
/// <param name="Absent">Addresses that are kept free for further processes, where nobody has answered yet: nothing is missing because of them. Null from a process that speaks for itself.</param>
public sealed record DeadLetterOrderAnswer(int Matched, int Done, IReadOnlyList<string> Problems, IReadOnlyList<SilentProcess> Silent, IReadOnlyList<SilentProcess>? Absent = null);
