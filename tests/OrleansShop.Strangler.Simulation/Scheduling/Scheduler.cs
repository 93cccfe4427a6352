namespace OrleansShop.Strangler.Simulation.Scheduling;

/// <summary>Virtual time in milliseconds, and what happens when, on one thread: one seed gives one run.</summary>
internal sealed class Scheduler(int seed)
{
    private readonly PriorityQueue<Action, (long At, long Order)> _events = new();
    private long _order;

    public Random Random { get; } = new(seed);

    public long Now { get; private set; }

    /// <summary>Between two numbers, both included.</summary>
    public long Between(long low, long high) => Random.NextInt64(low, high + 1);

    public bool Chance(double probability) => Random.NextDouble() < probability;

    public void After(long delay, Action action) => _events.Enqueue(action, (Now + delay, _order++));

    public Task DelayAsync(long delay)
    {
        var done = new TaskCompletionSource();
        After(delay, done.SetResult);
        return done.Task;
    }

    /// <summary>Runs what happens until a moment.</summary>
    public void RunUntil(long moment)
    {
        while (_events.TryPeek(out _, out var next) && next.At <= moment)
        {
            Now = next.At;
            _events.Dequeue()();
        }

        Now = moment;
    }
}
