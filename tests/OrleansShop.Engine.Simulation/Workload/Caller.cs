using OrleansShop.Engine.Simulation.Cluster;
using OrleansShop.Engine.Simulation.Grains;
using OrleansShop.Engine.Simulation.Processes;

namespace OrleansShop.Engine.Simulation.Workload;

/// <summary>Calls counters, one call after the other, and never the same increment twice.</summary>
internal sealed class Caller(SimulatedWorld world, string name, SimulatedProcess process, IGrainFactory grains, Random random)
{
    private Task _running = Task.CompletedTask;
    private bool _isStopping;

    public void Begin() => _running = Run();

    /// <summary>Whether it calls no more: it has ended, or its process has.</summary>
    public bool HasEnded => process.IsDead || _running.IsCompleted;

    /// <summary>Ends after the call under way.</summary>
    public Task Stop()
    {
        _isStopping = true;
        return _running;
    }

    /// <summary>Increments a counter until it is done.</summary>
    public async Task IncrementUntilDone(bool isNear, int key)
    {
        while (!await TryIncrement(isNear, key, Counter(isNear, key).Increment))
            await Task.Delay(TimeSpan.FromMilliseconds(100), process.Clock);
    }

    public override string ToString() => name;

    private async Task Run()
    {
        while (!_isStopping && !process.IsDead)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(250)), process.Clock);
            if (!_isStopping)
                await Call(isNear: random.Next(2) == 0, random.Next(world.Plan.Counters));
        }
    }

    private Task<bool> Call(bool isNear, int key) => random.Next(20) switch
    {
        < 2 => Try($"moves {key}", async () => await Counter(isNear, key).Move(random.Next(3) == 0 ? null : world.AnySilo(random))),
        // Some counters are read far more than written: what an overtaken write may not be taken from is a grain that was read since, and not written.
        var part when part < (key % 2 == 0 ? 4 : 14) => Try($"counts {key}", async () => await Counter(isNear, key).Count()),
        < 7 when world.Plan.HasEchoes => TryIncrement(isNear, key, Counter(isNear, key).IncrementAfterEcho),
        < 10 => TryIncrement(isNear: false, key, increment => grains.GetGrain<ICourierGrain>(0).Carry(key, increment)),
        _ => TryIncrement(isNear, key, Counter(isNear, key).Increment),
    };

    private async Task<bool> TryIncrement(bool isNear, int key, Func<long, Task<long>> send)
    {
        var asked = world.Ledger.Ask(GrainOf(isNear, key));
        return await Try($"increment {asked} of {(isNear ? "near " : "")}{key}", async () =>
        {
            var answered = await send(asked);
            if (!process.IsDead)
                world.Ledger.Acknowledge(asked, answered);
        });
    }

    private async Task<bool> Try(string what, Func<Task> call)
    {
        try
        {
            await call();
            world.Trace.Count(what.Length);
            world.Trace.Detail(name, $"{what}: done");
            return true;
        }
#pragma warning disable CA1031 // What a call may end with is judged, not caught.
        catch (Exception cause)
#pragma warning restore CA1031
        {
            if (process.IsDead)
                return false;
            world.CallsFailed++;
            world.Trace.Note(name, $"{what}: {cause.GetType().Name}");
            world.Trace.Detail(name, cause.Message);
            if (world.Plan.IsPlanned)
                world.Violations.Add($"{name}: {what} has failed although nothing else has: {cause}");
            else if (!IsExpected(cause))
                world.Violations.Add($"{name}: {what} has failed with what no caller expects: {cause}");
            return false;
        }
    }

    private static bool IsExpected(Exception cause) => cause is OrleansException or TimeoutException or IOException or OperationCanceledException;

    private ICounting Counter(bool isNear, int key) => isNear ? grains.GetGrain<INearCounterGrain>(key) : grains.GetGrain<ICounterGrain>(key);

    private GrainId GrainOf(bool isNear, int key) => ((IAddressable)Counter(isNear, key)).GetGrainId();
}
