namespace OrleansShop.Engine.Processes.Tests.Counters;

internal sealed class CounterGrain([PersistentState("counter")] IPersistentState<CounterState> counter) : Grain, ICounterGrain
{
    public async Task<Counted> Increment(long id)
    {
        counter.State.Ids.Add(id);
        var count = counter.State.Ids.Count;
        await counter.WriteStateAsync();
        return new Counted(Environment.ProcessId, count);
    }

    public Task<Counted> Count() => Task.FromResult(new Counted(Environment.ProcessId, counter.State.Ids.Count));

    public async Task<int> Hold(TimeSpan time)
    {
        await Task.Delay(time);
        return Environment.ProcessId;
    }

    public Task<int> ProcessId() => Task.FromResult(Environment.ProcessId);

    public async Task<long[]> Stored()
    {
        await counter.ReadStateAsync();
        return [.. counter.State.Ids];
    }
}

internal sealed class CounterState
{
    public List<long> Ids { get; set; } = [];
}
