namespace OrleansShop.Testing.Clusters;

/// <summary>Compares what counters have stored with what their callers were told.</summary>
public static class CounterFaults
{
    /// <summary>Each increment that was lost, doubled, or never asked for, and each count that two increments were told. Empty if all is well.</summary>
    /// <param name="cluster">Has the counters.</param>
    /// <param name="requests">All that were sent; nothing is under way.</param>
    public static async Task<IReadOnlyList<string>> FindAsync(CounterCluster cluster, IReadOnlyList<CounterRequest> requests)
    {
        var faults = new List<string>();
        foreach (var counter in requests.Where(static request => request.IsIncrement).GroupBy(static increment => increment.Grain))
        {
            var stored = (await cluster.StoredAsync(counter.Key)).CountBy(static id => id).ToDictionary();
            faults.AddRange(stored.Where(static id => id.Value > 1).Select(id => $"{counter.Key} has stored increment {id.Key} {id.Value} times"));
            faults.AddRange(stored.Keys.Except(counter.Select(static increment => increment.Id)).Select(id => $"{counter.Key} has stored increment {id}, which nobody asked for"));
            faults.AddRange(counter.Where(increment => increment.IsAcknowledged && !stored.ContainsKey(increment.Id)).Select(static increment => $"lost: {increment}"));
            faults.AddRange(counter.Where(static increment => increment.IsAcknowledged).GroupBy(static increment => increment.Answer.Count).Where(static same => same.Count() > 1)
                .Select(static same => $"counted at the same time: {string.Join("; ", same)}"));
        }

        return faults;
    }
}
