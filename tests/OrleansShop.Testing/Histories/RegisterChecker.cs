namespace OrleansShop.Testing.Histories;

/// <summary>
/// Whether what clients saw of one register, such as an entity, can have happened in an order in which each operation took effect at one moment between question and answer. Every write has a value of its own, and what is gone stays gone, so
/// that the operations around one value form a cluster, and an order exists exactly if no cluster has to lie inside another: no two that must span time overlap, and none that must lie in a gap lies within one that spans it
/// (Gibbons and Korach, Testing Shared Memories, 1997).
/// </summary>
public static class RegisterChecker
{
    private const string Gone = "";

    /// <summary>Null if there is such an order, else what stands in its way.</summary>
    /// <param name="register">What the operations are about, for the text.</param>
    /// <param name="operations">All of them, in any order.</param>
    public static string? Check(string register, IEnumerable<RegisterOperation> operations)
    {
        ArgumentNullException.ThrowIfNull(operations);
        var clusters = new Dictionary<string, Cluster>(StringComparer.Ordinal);
        foreach (var operation in operations)
        {
            if (ValueOf(operation) is not { } value) continue;
            if (!clusters.TryGetValue(value, out var cluster)) clusters[value] = cluster = new Cluster(value);
            cluster.Add(operation);
        }

        // What nobody has acknowledged and nobody has seen need not have happened.
        var zones = clusters.Values.Where(cluster => cluster.IsObserved).ToList();
        foreach (var cluster in zones)
        {
            if (cluster.WriteBegun is not { } begun) return $"{register}: {cluster.Name} was seen, and nobody has written it.\n{cluster}";
            if (cluster.WriteRefused) return $"{register}: {cluster.Name} was seen, and its write was refused.\n{cluster}";
            if (cluster.FirstEnd < begun) return $"{register}: {cluster.Name} was seen before it was written.\n{cluster}";
        }

        foreach (var one in zones)
        {
            foreach (var other in zones)
            {
                if (ReferenceEquals(one, other) || !one.IsForward) continue;
                if (other.IsForward && one.Low < other.High && other.Low < one.High && string.CompareOrdinal(one.Value, other.Value) < 0)
                    return $"{register}: {one.Name} and {other.Name} are each seen on both sides of the other.\n{one}\n{other}";
                if (!other.IsForward && one.Low < other.Low && other.High < one.High)
                    return $"{register}: {other.Name} lies within the time of {one.Name}.\n{one}\n{other}";
            }
        }

        return null;
    }

    /// <summary>The value of the cluster that an operation belongs to; null for what says nothing.</summary>
    private static string? ValueOf(RegisterOperation operation) => operation switch
    {
        { Outcome: OperationOutcome.Absent } => Gone,
        { Kind: OperationKind.Read, Outcome: OperationOutcome.Done } => operation.Seen,
        { Kind: OperationKind.Read } => null,
        { Kind: OperationKind.Delete, Outcome: OperationOutcome.Refused } => null,
        { Kind: OperationKind.Delete } => Gone,
        _ => operation.Value,
    };

    private sealed class Cluster(string value)
    {
        private readonly List<RegisterOperation> _operations = [];

        public string Value { get; } = value;

        public string Name => Value == Gone ? "the deletion" : Value;

        public bool IsObserved { get; private set; }

        public bool WriteRefused { get; private set; }

        public long? WriteBegun { get; private set; }

        public long FirstEnd { get; private set; } = long.MaxValue;

        private long LastBegun { get; set; } = long.MinValue;

        /// <summary>Whether the value must have stood over a span of time, and not only at some moment of one. What is gone stays so to the end.</summary>
        public bool IsForward => Value == Gone || FirstEnd < LastBegun;

        public long Low => IsForward ? FirstEnd : LastBegun;

        public long High => Value == Gone ? long.MaxValue : IsForward ? LastBegun : FirstEnd;

        public void Add(RegisterOperation operation)
        {
            _operations.Add(operation);
            var isWrite = operation is { Kind: OperationKind.Create or OperationKind.Update or OperationKind.Delete, Outcome: not OperationOutcome.Absent };
            if (isWrite) WriteBegun = Math.Min(WriteBegun ?? long.MaxValue, operation.Begun);
            WriteRefused |= isWrite && operation.Outcome == OperationOutcome.Refused;
            if (operation.Outcome is OperationOutcome.Done or OperationOutcome.Absent) IsObserved = true;
            FirstEnd = Math.Min(FirstEnd, operation.Ended);

            // Of several deletions only the first has to have had an effect.
            if (!isWrite || Value != Gone || operation.Outcome == OperationOutcome.Done) LastBegun = Math.Max(LastBegun, operation.Begun);
        }

        public override string ToString() => string.Join('\n', _operations.Select(static operation => $"    {operation}"));
    }
}
