using Orleans.Concurrency;

namespace OrleansShop.Engine.Tests.Activations.Watch;

/// <summary>A grain that misbehaves on demand.</summary>
public interface IHoldGrain : IGrainWithIntegerKey
{
    /// <summary>Keeps its thread until the gate of its key opens.</summary>
    Task<string> HoldThread();

    /// <summary>Awaits until the gate of its key opens.</summary>
    Task<string> HoldRequest();

    Task<string> Answer();

    [AlwaysInterleave]
    Task<string> AnswerAlways();
}

public sealed class HoldGrain(Gates gates) : Grain, IHoldGrain
{
    private Gate Gate => gates.Of(this.GetPrimaryKeyLong());

    private string Me => GrainContext.ActivationId.ToString();

    public Task<string> HoldThread()
    {
        Gate.Entered();
        Gate.BlockUntilOpen();
        return Task.FromResult(Me);
    }

    public async Task<string> HoldRequest()
    {
        Gate.Entered();
        await Gate.UntilOpen();
        return Me;
    }

    public Task<string> Answer() => Task.FromResult(Me);

    public Task<string> AnswerAlways() => Task.FromResult(Me);
}

/// <summary>A gate for each key.</summary>
public sealed class Gates
{
    private readonly System.Collections.Concurrent.ConcurrentDictionary<long, Gate> _gates = new();

    public Gate Of(long key) => _gates.GetOrAdd(key, static _ => new Gate());
}

public sealed class Gate
{
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly object _blocking = new();
    private bool _isOpen;
    private int _entered;

    public int EnteredCount => Volatile.Read(ref _entered);

    public void Entered() => Interlocked.Increment(ref _entered);

    public void Open()
    {
        _open.TrySetResult();
        lock (_blocking)
        {
            _isOpen = true;
            Monitor.PulseAll(_blocking);
        }
    }

    public Task UntilOpen() => _open.Task;

    public void BlockUntilOpen()
    {
        lock (_blocking)
        {
            while (!_isOpen) Monitor.Wait(_blocking);
        }
    }
}
