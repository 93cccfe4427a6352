namespace OrleansShop.Testing.Histories;

/// <summary>What a client has asked of one register, such as an entity, and what came of it.</summary>
public class RegisterOperation
{
    public required OperationKind Kind { get; init; }

    /// <summary>The value that it writes, which no other operation writes; null for reads and deletions.</summary>
    public string? Value { get; init; }

    /// <summary>The moment of the question, as a number that no other moment has.</summary>
    public required long Begun { get; init; }

    /// <summary>The moment of the answer; the end of time if there was none.</summary>
    public long Ended { get; set; } = long.MaxValue;

    public OperationOutcome Outcome { get; set; } = OperationOutcome.Unknown;

    /// <summary>What a read has seen.</summary>
    public string? Seen { get; set; }

    public override string ToString() => $"[{Begun}..{(Ended == long.MaxValue ? "" : Ended)}] {Kind} {Value} {Outcome} {Seen}";
}
