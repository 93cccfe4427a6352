namespace OrleansShop.Strangler.Tests.Outbox;

/// <summary>Runs everything that awaits on the thread of the test, in the order in which it becomes ready, as turns of a grain do: one seed gives one run.</summary>
internal sealed class OneThread : SynchronizationContext, IDisposable
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _ready = new();
    private readonly SynchronizationContext? _before = Current;

    public OneThread() => SetSynchronizationContext(this);

    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (_ready) _ready.Enqueue((d, state));
    }

    public void Drain()
    {
        while (TryTake(out var next)) next.Callback(next.State);
    }

    public void Dispose() => SetSynchronizationContext(_before);

    private bool TryTake(out (SendOrPostCallback Callback, object? State) next)
    {
        lock (_ready) return _ready.TryDequeue(out next);
    }
}
