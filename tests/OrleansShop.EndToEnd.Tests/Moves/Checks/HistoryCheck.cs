using OrleansShop.EndToEnd.Tests.Moves.Clients;
using OrleansShop.EndToEnd.Tests.Moves.Running;
using OrleansShop.Testing.Histories;

namespace OrleansShop.EndToEnd.Tests.Moves.Checks;

/// <summary>Whether what clients saw can have happened.</summary>
internal static class HistoryCheck
{
    /// <summary>What cannot have happened; empty if all can.</summary>
    public static IReadOnlyList<string> Violations(IReadOnlyCollection<ClientOperation> operations)
    {
        var created = operations.Where(static operation => operation is { Kind: OperationKind.Create, Outcome: OperationOutcome.Done }).ToList();
        var twice = created.GroupBy(static operation => (operation.EntityKind, operation.Id)).Where(static group => group.Count() > 1)
            .Select(static group => $"{group.Key.EntityKind} {group.Key.Id} was created {group.Count()} times:\n    {string.Join("\n    ", group)}");
        var registers = operations.Where(static operation => operation.Id is not null).GroupBy(static operation => (operation.EntityKind, operation.Id!.Value))
            .ToDictionary(static group => group.Key, static group => group.ToList());
        var impossible = created.Select(creation => RegisterChecker.Check(
                $"{creation.EntityKind} {creation.Id}",
                [.. registers[(creation.EntityKind, creation.Id!.Value)], .. DeletionsOfParents(creation, registers)]))
            .OfType<string>();
        return [.. twice, .. impossible, .. created.Count == 0 ? [] : RefusedChildren(operations, registers)];
    }

    /// <summary>An entity goes with what it belongs to, in the same time and with the same outcome.</summary>
    private static IEnumerable<RegisterOperation> DeletionsOfParents(ClientOperation creation, Dictionary<(string, long), List<ClientOperation>> registers)
    {
        for (var child = creation; EntityKinds.ParentOf(child.EntityKind) is { } kind && child.Parent is { } id && registers.TryGetValue((kind, id), out var parent);)
        {
            foreach (var deletion in parent.Where(static operation => operation is { Kind: OperationKind.Delete, Outcome: OperationOutcome.Done or OperationOutcome.Unknown }))
            {
                yield return new RegisterOperation { Kind = OperationKind.Delete, Begun = deletion.Begun, Ended = deletion.Ended, Outcome = deletion.Outcome };
            }

            if (parent.Find(static operation => operation is { Kind: OperationKind.Create, Outcome: OperationOutcome.Done }) is not { } above) yield break;
            child = above;
        }
    }

    /// <summary>A child may be refused only if what it belongs to may be gone.</summary>
    private static IEnumerable<string> RefusedChildren(IReadOnlyCollection<ClientOperation> operations, Dictionary<(string, long), List<ClientOperation>> registers)
    {
        foreach (var refused in operations.Where(static operation => operation is { Kind: OperationKind.Create, Outcome: OperationOutcome.Refused, Parent: not null }))
        {
            var deletions = Ancestors(refused, registers).Where(static operation => operation.Kind == OperationKind.Delete && operation.Outcome != OperationOutcome.Refused);
            if (!deletions.Any(deletion => deletion.Begun < refused.Ended)) yield return $"A creation was refused with {refused.Status}, though what it belongs to was acknowledged and not deleted: {refused}";
        }
    }

    private static List<ClientOperation> Ancestors(ClientOperation child, Dictionary<(string, long), List<ClientOperation>> registers)
    {
        if (EntityKinds.ParentOf(child.EntityKind) is not { } kind || child.Parent is not { } id || !registers.TryGetValue((kind, id), out var parent)) return [];
        return parent.Find(static operation => operation is { Kind: OperationKind.Create, Outcome: OperationOutcome.Done }) is { } above ? [.. parent, .. Ancestors(above, registers)] : parent;
    }
}
