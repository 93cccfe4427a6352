using OrleansShop.Strangler.Simulation.Monolith;

namespace OrleansShop.Strangler.Simulation.Checking;

/// <summary>What a client has asked of one entity, and what came of it.</summary>
internal sealed class Operation
{
    public required OperationKind Kind { get; init; }

    /// <summary>The value that it writes; null for reads and deletions.</summary>
    public string? Value { get; init; }

    /// <summary>For children: the parent that it writes.</summary>
    public long? Parent { get; init; }

    /// <summary>The moment of the question, as a number that no other moment has.</summary>
    public required long Begun { get; init; }

    /// <summary>The moment of the answer; the end of time if there was none.</summary>
    public long Ended { get; set; } = long.MaxValue;

    /// <summary>Which entity; a creation without an answer does not know.</summary>
    public Entity? Entity { get; set; }

    public OperationOutcome Outcome { get; set; } = OperationOutcome.Unknown;

    /// <summary>What a read has seen.</summary>
    public string? Seen { get; set; }

    public override string ToString() => $"[{Begun}..{(Ended == long.MaxValue ? "" : Ended)}] {Kind} {Entity} {Value} {Outcome} {Seen}";
}

internal enum OperationKind
{
    Read,
    Create,
    Update,
    Delete,
}

internal enum OperationOutcome
{
    /// <summary>No answer that says: it may have happened, or may yet.</summary>
    Unknown,

    /// <summary>Acknowledged.</summary>
    Done,

    /// <summary>There was no such entity.</summary>
    Absent,

    /// <summary>The monolith's rules forbid it: it has not happened, and never will.</summary>
    Refused,
}
