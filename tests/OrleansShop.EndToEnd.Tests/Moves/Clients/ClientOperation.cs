using OrleansShop.Testing.Histories;

namespace OrleansShop.EndToEnd.Tests.Moves.Clients;

/// <summary>One request of a client, and what came of it.</summary>
internal sealed class ClientOperation : RegisterOperation
{
    public required string EntityKind { get; init; }

    /// <summary>Which entity; null while a creation has no answer.</summary>
    public long? Id { get; set; }

    /// <summary>For creations: the entity that the new one belongs to.</summary>
    public long? Parent { get; init; }

    /// <summary>The gateway that was asked.</summary>
    public required string Gateway { get; init; }

    /// <summary>A timestamp.</summary>
    public required long SentAt { get; init; }

    /// <summary>A timestamp; null while there is no answer.</summary>
    public long? AnsweredAt { get; set; }

    /// <summary>What is wrong with the answer, if it is no answer to the request; null if nothing is.</summary>
    public string? Error { get; set; }

    /// <summary>The status of the answer; 0 for none.</summary>
    public int Status { get; set; }

    public override string ToString() => $"{EntityKind} {Id} {base.ToString()} by {Gateway}{(Error is null ? "" : $": {Error}")}";
}
