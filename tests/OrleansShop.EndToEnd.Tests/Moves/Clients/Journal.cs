using System.Collections.Concurrent;
using System.Diagnostics;
using OrleansShop.Testing.Histories;

namespace OrleansShop.EndToEnd.Tests.Moves.Clients;

/// <summary>Everything that clients have asked and were answered. Thread-safe.</summary>
internal sealed class Journal
{
    private readonly ConcurrentQueue<ClientOperation> _operations = new();
    private long _moment;

    public IReadOnlyCollection<ClientOperation> Operations => _operations;

    public ClientOperation Begin(OperationKind kind, string entityKind, long? id, string gateway, string? value = null, long? parent = null)
    {
        var operation = new ClientOperation
        {
            Kind = kind,
            EntityKind = entityKind,
            Id = id,
            Gateway = gateway,
            Value = value,
            Parent = parent,
            Begun = Interlocked.Increment(ref _moment),
            SentAt = Stopwatch.GetTimestamp(),
        };
        _operations.Enqueue(operation);
        return operation;
    }

    /// <summary>Notes an answer that says what has happened.</summary>
    public void End(ClientOperation operation, int status, OperationOutcome outcome, string? seen = null)
    {
        (operation.Status, operation.Seen, operation.AnsweredAt) = (status, seen, Stopwatch.GetTimestamp());
        operation.Outcome = outcome;
        operation.Ended = Interlocked.Increment(ref _moment);
    }

    /// <summary>Notes that nothing says what has happened: the operation may have taken effect, or may yet.</summary>
    public static void Fail(ClientOperation operation, int status, string error) =>
        (operation.Status, operation.Error, operation.AnsweredAt) = (status, error, Stopwatch.GetTimestamp());
}
