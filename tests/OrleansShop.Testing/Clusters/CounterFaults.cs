namespace OrleansShop.Testing.Clusters;

/// <summary>Compares what counters have stored with what their callers were told.</summary>
public static class CounterFaults
{
    /// <summary>Each increment that was lost, doubled, or never asked for, and each count that two increments were told. Empty if all is well.</summary>
    /// <param name="cluster">Has the counters.</param>
    /// <param name="requests">All that were sent; nothing is under way.</param>
    public static async Task<IReadOnlyList<string>> FindAsync(CounterCluster cluster, IReadOnlyList<CounterRequest> requests)
    {
        var counters = requests.Where(static request => request.IsIncrement).GroupBy(static request => request.Grain);
        return [.. (await Task.WhenAll(counters.Select(async counter => Of(counter.Key, await cluster.StoredAsync(counter.Key), [.. counter])))).SelectMany(static faults => faults)];
    }

    private static IEnumerable<string> Of(string counter, long[] ids, List<CounterRequest> increments)
    {
        var stored = ids.CountBy(static id => id).ToDictionary();
        var acknowledged = increments.Where(static increment => increment.IsAcknowledged).ToList();
        return
        [
            .. stored.Where(static id => id.Value > 1).Select(id => $"{counter} has stored increment {id.Key} {id.Value} times"),
            .. stored.Keys.Except(increments.Select(static increment => increment.Id)).Select(id => $"{counter} has stored increment {id}, which nobody asked for"),
            .. acknowledged.Where(increment => !stored.ContainsKey(increment.Id)).Select(static increment => $"lost: {increment}"),
            .. acknowledged.GroupBy(static increment => increment.Answer.Count).Where(static same => same.Count() > 1).Select(static same => $"counted at the same time: {string.Join("; ", same)}"),
        ];
    }
}
