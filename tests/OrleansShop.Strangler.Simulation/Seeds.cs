using System.Globalization;
using OrleansShop.Strangler.Simulation.Monolith;
using OrleansShop.Strangler.Simulation.Scheduling;

namespace OrleansShop.Strangler.Simulation;

/// <summary>Runs seeds on all cores, each on one thread, and says what the first violation was.</summary>
internal static class Seeds
{
    /// <summary>What was seen in all runs.</summary>
    internal sealed class Totals
    {
        private readonly long[] _steps = new long[11];
        private long _operations;
        private long _errors;
        private long _repairs;
        private long _orders;
        private long _refused;
        private long _lagged;

        public IReadOnlyList<long> Steps => _steps;

        public long Operations => _operations;

        public long Errors => _errors;

        public long Repairs => _repairs;

        public long Orders => _orders;

        public long Refused => _refused;

        public long Lagged => _lagged;

        public void Add(World world)
        {
            Interlocked.Add(ref _operations, world.History.Operations.Count);
            Interlocked.Add(ref _errors, world.History.Errors);
            Interlocked.Add(ref _repairs, world.Repairs);
            Interlocked.Add(ref _orders, world.Orders);
            Interlocked.Add(ref _refused, world.Database.Refused);
            Interlocked.Add(ref _lagged, world.Lagged);
            for (var step = 0; step < _steps.Length; step++) Interlocked.Add(ref _steps[step], world.ReachedSteps[step]);
        }

        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture,
            $"{Operations} operations, {Errors} errors, {Repairs} repairs, {Orders} orders, {Refused} refused by the ledger, {Lagged} times a change lagged; steps reached: {string.Join(", ", Steps.Skip(1).Select((count, place) => $"{place + 1}: {count}"))}");
    }

    /// <summary>The smallest seed that the run came to with a violation; null if none has one.</summary>
    public static (int Seed, string Violation)? FindViolation(Func<Rules> rules, Faults faults, int first, int count, Totals? totals = null)
    {
        var found = (Seed: int.MaxValue, Violation: "");
        var gate = new Lock();
        Parallel.For(first, first + count, (seed, loop) =>
        {
            if (RunOne(seed, rules(), faults, totals) is not { } violation) return;
            loop.Break();
            lock (gate)
            {
                if (seed < found.Seed) found = (seed, violation);
            }
        });
        return found.Seed == int.MaxValue ? null : found;
    }

    /// <summary>The violation of a seed, and everything that happened.</summary>
    public static (string? Violation, string Trace) Replay(int seed, Rules rules, Faults faults)
    {
        var world = new World(seed, rules, faults, isTraced: true);
        var violation = OnBareThread(world.Run);
        return (violation, world.Trace);
    }

    private static string? RunOne(int seed, Rules rules, Faults faults, Totals? totals)
    {
        var world = new World(seed, rules, faults);
        var violation = OnBareThread(world.Run);
        totals?.Add(world);
        return violation;
    }

    /// <summary>What awaits goes on at once, in the order in which the scheduler lets it: nothing may post it elsewhere.</summary>
    private static string? OnBareThread(Func<string?> run)
    {
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            return run();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }
}
