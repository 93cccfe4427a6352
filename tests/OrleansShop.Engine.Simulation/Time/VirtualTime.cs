namespace OrleansShop.Engine.Simulation.Time;

/// <summary>The time of a simulated world, and what is to happen in it. It moves only from one event to the next.</summary>
internal sealed class VirtualTime
{
    private readonly PriorityQueue<Action, (long At, long Order)> _events = new();
    private long _order;

    public TimeSpan Now { get; private set; }

    /// <summary>Has something happen. What is due at the same time happens in the order in which it was said.</summary>
    public void At(TimeSpan at, Action action) => _events.Enqueue(action, (Math.Max(at.Ticks, Now.Ticks), _order++));

    public void After(TimeSpan delay, Action action) => At(Now + delay, action);

    /// <summary>Moves to the next event and takes it; false if there is none.</summary>
    public bool TryTakeNext(out Action action)
    {
        if (!_events.TryDequeue(out action!, out var due))
            return false;
        Now = TimeSpan.FromTicks(due.At);
        return true;
    }

    /// <summary>Forgets what was to happen.</summary>
    public void Clear() => _events.Clear();
}
