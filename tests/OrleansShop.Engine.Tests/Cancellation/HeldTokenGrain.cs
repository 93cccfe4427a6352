using Orleans.Concurrency;

namespace OrleansShop.Engine.Tests.Cancellation;

public interface IHeldTokenGrain : IGrainWithIntegerKey
{
    /// <summary>Returns how often callbacks have run in turns of this grain when the token is cancelled; never before.</summary>
    Task<int> WaitUntilCancelled(GrainCancellationToken token);

    Task<int> PassOn(GrainCancellationToken token, long[] path);

    /// <summary>Registers a callback and keeps nothing of the token itself.</summary>
    Task Register(GrainCancellationToken token);

    Task RegisterFaulty(GrainCancellationToken token, string message);

    Task<bool> SeesCancelled(GrainCancellationToken? token, int before, CancellationToken cancellationToken);

    [OneWay]
    Task Begin([Immutable] GrainCancellationToken token);

    Task Dispose(GrainCancellationToken token);

    [AlwaysInterleave]
    Task<int> Started();

    [AlwaysInterleave]
    Task<int> CancelledInTurn();

    Task GoAndFailToComeBack(int times);

    Task Collect();
}

public sealed class HeldTokenGrain(Failures failures) : Grain, IHeldTokenGrain
{
    private int _started;
    private int _cancelledInTurn;

    public override Task OnActivateAsync(CancellationToken cancellationToken) =>
        failures.Take(this.GetPrimaryKeyLong()) ? throw new InvalidOperationException("not now") : Task.CompletedTask;

    public async Task<int> WaitUntilCancelled(GrainCancellationToken token)
    {
        await Register(token);
        _started++;
        await Task.Delay(Timeout.Infinite, token.CancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        return _cancelledInTurn;
    }

    public Task<int> PassOn(GrainCancellationToken token, long[] path) =>
        path is [] ? WaitUntilCancelled(token) : GrainFactory.GetGrain<IHeldTokenGrain>(path[0]).PassOn(token, path[1..]);

    public Task Register(GrainCancellationToken token)
    {
        var mine = TaskScheduler.Current;
        token.CancellationToken.Register(() =>
        {
            if (ReferenceEquals(TaskScheduler.Current, mine)) _cancelledInTurn++;
        });
        return Task.CompletedTask;
    }

    public Task RegisterFaulty(GrainCancellationToken token, string message)
    {
        token.CancellationToken.Register(() => throw new InvalidOperationException(message));
        return Register(token);
    }

    public Task<bool> SeesCancelled(GrainCancellationToken? token, int before, CancellationToken cancellationToken) =>
        Task.FromResult(token is { CancellationToken.IsCancellationRequested: true } && !cancellationToken.IsCancellationRequested && before == 7);

    public Task Begin(GrainCancellationToken token) => WaitUntilCancelled(token);

    public Task Dispose(GrainCancellationToken token)
    {
        token.Dispose();
        return Task.CompletedTask;
    }

    public Task<int> Started() => Task.FromResult(_started);

    public Task<int> CancelledInTurn() => Task.FromResult(_cancelledInTurn);

    public Task GoAndFailToComeBack(int times)
    {
        failures.Put(this.GetPrimaryKeyLong(), times);
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task Collect()
    {
        GC.Collect();
        return Task.CompletedTask;
    }
}

/// <summary>How often grains fail to activate from now on.</summary>
public sealed class Failures
{
    private readonly Dictionary<long, int> _left = [];

    public void Put(long key, int times)
    {
        lock (_left) _left[key] = times;
    }

    public bool Take(long key)
    {
        lock (_left) return _left.GetValueOrDefault(key) > 0 && _left[key]-- > 0;
    }
}

public interface ITokenWorker : IGrainWithIntegerKey
{
    Task<string> WaitUntilCancelled(GrainCancellationToken token);
}

[StatelessWorker(8)]
public sealed class TokenWorker(ILocalSiloDetails silo) : Grain, ITokenWorker
{
    public async Task<string> WaitUntilCancelled(GrainCancellationToken token)
    {
        await Task.Delay(Timeout.Infinite, token.CancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        return silo.Name;
    }
}

public interface ITokenObserver : IGrainObserver
{
    Task<int> Work(GrainCancellationToken token);
}

public sealed class TokenObserver : ITokenObserver
{
    private int _started;

    public int StartedCount => Volatile.Read(ref _started);

    public async Task<int> Work(GrainCancellationToken token)
    {
        Interlocked.Increment(ref _started);
        await Task.Delay(Timeout.Infinite, token.CancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        return 5;
    }
}

public interface IObserverCaller : IGrainWithIntegerKey
{
    Task<int> Call(ITokenObserver observer, GrainCancellationToken token);
}

public sealed class ObserverCaller : Grain, IObserverCaller
{
    public Task<int> Call(ITokenObserver observer, GrainCancellationToken token) => observer.Work(token);
}
