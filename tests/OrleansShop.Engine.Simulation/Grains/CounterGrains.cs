using Orleans.Placement;
using Orleans.Runtime.Placement;
using OrleansShop.Engine.Simulation.Checking;
using OrleansShop.Engine.Simulation.Processes;
using OrleansShop.Engine.Simulation.Storage;
using OrleansShop.Engine.Storage;

namespace OrleansShop.Engine.Simulation.Grains;

/// <summary>Counts what it is told to, each increment with a number of its own, and stores all of them.</summary>
public interface ICounting
{
    /// <summary>Adds an increment, and returns its number.</summary>
    Task<long> Increment(long increment);

    /// <summary>The same, after another grain has called this one back.</summary>
    Task<long> IncrementAfterEcho(long increment);

    /// <summary>How many increments there are.</summary>
    Task<int> Count();

    /// <summary>Has the grain move to a silo, or where it likes.</summary>
    Task Move(SiloAddress? target);
}

/// <summary>A counter that lives with its owner.</summary>
public interface ICounterGrain : ICounting, IGrainWithIntegerKey;

/// <summary>A counter that lives where it was called first.</summary>
public interface INearCounterGrain : ICounting, IGrainWithIntegerKey;

/// <summary>Calls a counter back within its own call.</summary>
public interface IEchoGrain : IGrainWithIntegerKey
{
    Task<int> Echo(long counter);
}

/// <summary>Carries increments to counters, from the silo of the caller.</summary>
public interface ICourierGrain : IGrainWithIntegerKey
{
    Task<long> Carry(long counter, long increment);
}

/// <summary>The increments of a counter.</summary>
[GenerateSerializer, Alias("simulation.counter")]
public sealed class CounterState
{
    [Id(0)]
    public long[] Increments { get; set; } = [];
}

/// <summary>What grains know of the process that they run in.</summary>
internal sealed record GrainSurroundings(SimulatedProcess Process, TurnWitness Turns, Random Random, bool HasTimers);

internal abstract class CounterOf(GrainSurroundings surroundings, IPersistentState<CounterState> state) : Grain, ICounting
{
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(400);

    private Tenure _tenure = null!;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _tenure = surroundings.Turns.Begin(this.GetGrainId(), surroundings.Process.Name, this.GetFencingToken());
        Runs("activation");
        if (surroundings.HasTimers)
            this.RegisterGrainTimer(Tick, new GrainTimerCreationOptions(s_tick * surroundings.Random.NextDouble(), s_tick));
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Runs("deactivation");
        await Think(cancellationToken);
        Runs("end of deactivation");
    }

    public async Task<long> Increment(long increment)
    {
        Runs("increment");
        var before = state.State.Increments;
        await Think(CancellationToken.None);
        Runs("increment after a pause");
        state.State.Increments = [.. before, increment];
        await state.WriteStateAsync();
        Runs("increment after its write");
        return increment;
    }

    public async Task<long> IncrementAfterEcho(long increment)
    {
        Runs("echo");
        using (RequestContext.AllowCallChainReentrancy())
            await GrainFactory.GetGrain<IEchoGrain>(this.GetPrimaryKeyLong()).Echo(this is ICounterGrain ? this.GetPrimaryKeyLong() : -1 - this.GetPrimaryKeyLong());
        return await Increment(increment);
    }

    public Task<int> Count()
    {
        Runs("count");
        return Task.FromResult(state.State.Increments.Length);
    }

    public Task Move(SiloAddress? target)
    {
        Runs("move");
        if (target is not null)
            RequestContext.Set(IPlacementDirector.PlacementHintKey, target);
        MigrateOnIdle();
        return Task.CompletedTask;
    }

    private async Task Tick(CancellationToken cancellationToken)
    {
        Runs("tick");
        await Think(cancellationToken);
        Runs("end of tick");
    }

    private Task Think(CancellationToken cancellationToken) => Task.Delay(TimeSpan.FromMilliseconds(1 + surroundings.Random.Next(12)), surroundings.Process.Clock, cancellationToken);

    private void Runs(string what) => surroundings.Turns.Runs(_tenure, what);
}

internal sealed class CounterGrain(GrainSurroundings surroundings, [PersistentState("counter", StorageClient.Name)] IPersistentState<CounterState> state)
    : CounterOf(surroundings, state), ICounterGrain;

[PreferLocalPlacement]
internal sealed class NearCounterGrain(GrainSurroundings surroundings, [PersistentState("counter", StorageClient.Name)] IPersistentState<CounterState> state)
    : CounterOf(surroundings, state), INearCounterGrain;

[Orleans.Concurrency.Reentrant]
internal sealed class EchoGrain : Grain, IEchoGrain
{
    public Task<int> Echo(long counter) => counter >= 0 ? GrainFactory.GetGrain<ICounterGrain>(counter).Count() : GrainFactory.GetGrain<INearCounterGrain>(-1 - counter).Count();
}

[Orleans.Concurrency.StatelessWorker]
internal sealed class CourierGrain : Grain, ICourierGrain
{
    public Task<long> Carry(long counter, long increment) => GrainFactory.GetGrain<ICounterGrain>(counter).Increment(increment);
}
