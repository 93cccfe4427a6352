namespace OrleansShop.Gateway.Admission;

/// <summary>
/// Counts the writes of one capability that are on their way, and holds new ones back while the capability's data is being moved.
/// Thread-safe; entering and leaving are one compare-and-swap each.
/// </summary>
internal sealed class WriteGate
{
    private const int Held = int.MinValue;

    /// <summary>The lowest 31 bits count the writes inside; the sign bit says that the gate is held.</summary>
    private int _state;

    private TaskCompletionSource _drained = NewSignal();

    /// <summary>How many writes are on their way.</summary>
    public int Inside => Volatile.Read(ref _state) & int.MaxValue;

    /// <summary>Whether new writes are refused.</summary>
    public bool IsHeld => Volatile.Read(ref _state) < 0;

    /// <summary>Lets a write in, unless the gate is held. Whoever was let in must <see cref="Leave"/>.</summary>
    public bool TryEnter()
    {
        while (true)
        {
            var seen = Volatile.Read(ref _state);
            if (seen < 0)
            {
                return false;
            }

            if (Interlocked.CompareExchange(ref _state, seen + 1, seen) == seen)
            {
                return true;
            }
        }
    }

    /// <summary>Ends a write that was let in.</summary>
    public void Leave()
    {
        if (Interlocked.Decrement(ref _state) == Held)
        {
            Volatile.Read(ref _drained).TrySetResult();
        }
    }

    /// <summary>Refuses writes from now on. Only one holder at a time; the switch and the reconciliation take turns.</summary>
    /// <returns>A task that ends when the writes that were already inside have left.</returns>
    public Task Hold()
    {
        var drained = NewSignal();
        Volatile.Write(ref _drained, drained);
        if (Interlocked.Or(ref _state, Held) is 0 or Held)
        {
            drained.TrySetResult();
        }

        return drained.Task;
    }

    /// <summary>Lets writes in again.</summary>
    public void Release() => Interlocked.And(ref _state, ~Held);

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
