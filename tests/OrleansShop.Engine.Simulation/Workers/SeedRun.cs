using System.Diagnostics;
using OrleansShop.Engine.Simulation.Checking;
using OrleansShop.Engine.Simulation.Cluster;
using OrleansShop.Engine.Simulation.Faults;
using OrleansShop.Engine.Simulation.Time;

namespace OrleansShop.Engine.Simulation.Workers;

/// <summary>Runs one seed in this process, whose thread pool has one thread.</summary>
internal static class SeedRun
{
    /// <summary>Measures the requests to the membership table of a cluster in which nothing changes.</summary>
    public static async Task<(double RequestsPerSiloAndMinute, int Increments)> Measure(int silos, bool hasLoad, TextWriter? trace)
    {
        var world = new SimulatedWorld(silos, FaultPlan.Steady(silos, hasLoad), Variant.None, trace);
        var requests = 0.0;
        await new EventLoop(world.Time).Run(async () => requests = await world.MeasureTable());
        var increments = world.Ledger.Acknowledged;
        await world.Discard();
        return (requests, increments);
    }

    public static async Task<SeedOutcome> Run(int seed, Variant variant, TextWriter? trace)
    {
        var before = Process.GetCurrentProcess().TotalProcessorTime;
        var world = new SimulatedWorld(seed, FaultPlan.Of(seed), variant, trace);
        var loop = new EventLoop(world.Time);
        Exception? failure = null;
        try
        {
            await loop.Run(() =>
            {
                ThreadState.Reset();
                return world.Run();
            });
        }
#pragma warning disable CA1031 // Whatever ends a run too early is its outcome.
        catch (Exception cause)
#pragma warning restore CA1031
        {
            failure = cause;
        }

        var (hash, at, last) = (world.Trace.Hash, world.Time.Now, world.Trace.Last.ToArray());
        await world.Discard();
        var violation = world.Violations.First ?? failure;
        return new(seed, violation is null ? null : violation is Violation ? violation.Message : violation.ToString(), hash)
        {
            Trace = violation is null ? [] : last,
            IsPlanned = world.Plan.IsPlanned,
            Seconds = at.TotalSeconds,
            Events = loop.Events,
            Stretches = world.Turns.Stretches,
            Activations = world.Turns.Activations,
            Acknowledged = world.Ledger.Acknowledged,
            CallsFailed = world.CallsFailed,
            Fenced = world.Storage.Refused,
            Crashes = world.Crashes,
            Leaves = world.Leaves,
            Recovery = world.Recovery.TotalSeconds,
            ProcessorMs = (Process.GetCurrentProcess().TotalProcessorTime - before).TotalMilliseconds,
        };
    }
}
