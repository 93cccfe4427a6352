using OrleansShop.EndToEnd.Tests.Moves.Clients;
using OrleansShop.EndToEnd.Tests.Moves.Running;
using OrleansShop.Testing.Histories;

namespace OrleansShop.EndToEnd.Tests.Moves.Checks;

/// <summary>Whether the rows in the monolith's database are those that clients may expect, when everything stands still.</summary>
internal static class RowCheck
{
    /// <summary>What is wrong; empty if nothing is.</summary>
    public static async Task<IReadOnlyList<string>> FaultsAsync(ClinicDatabase database, IReadOnlyCollection<ClientOperation> operations)
    {
        var faults = (await database.OrphansAsync()).Select(static orphan => $"An orphan: {orphan}.").ToList();
        var writes = operations.Where(static operation => operation.Value is not null).ToDictionary(static operation => operation.Value!);
        foreach (var kind in EntityKinds.Capabilities.Keys)
        {
            var rows = await database.RowsAsync(kind);
            faults.AddRange(rows.GroupBy(static row => row.Id).Where(static group => group.Count() > 1).Select(group => $"{kind} {group.Key} has {group.Count()} rows."));
            faults.AddRange(rows.GroupBy(static row => row.Value).Where(group => group.Count() > 1 && writes.ContainsKey(group.Key)).Select(group => $"{group.Key} is in {group.Count()} rows of {kind}: {string.Join(", ", group.Select(static row => row.Id))}."));
            foreach (var row in rows)
            {
                if (writes.TryGetValue(row.Value, out var write) && (write.Outcome == OperationOutcome.Refused || write.EntityKind != kind || (write.Id is { } id && id != row.Id)))
                    faults.Add($"{kind} {row.Id} has {row.Value}, which was never to be written there: {write}");
            }
        }

        return faults;
    }
}
