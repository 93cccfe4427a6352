namespace OrleansShop.Testing.Histories;

/// <summary>What came of an operation.</summary>
public enum OperationOutcome
{
    /// <summary>No answer that says: it may have happened, or may yet.</summary>
    Unknown,

    /// <summary>Acknowledged.</summary>
    Done,

    /// <summary>There was no such register.</summary>
    Absent,

    /// <summary>The rules forbid it: it has not happened, and never will.</summary>
    Refused,
}
