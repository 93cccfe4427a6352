using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using OrleansShop.Engine.Simulation.Time;

namespace OrleansShop.Engine.Simulation.Workers;

/// <summary>The command line: runs seeds and prints what came of each.</summary>
/// <remarks>
/// <c>simulate --seeds FROM-TO | --seed N | --steady SILOS [--idle] [--step N] [--trace FILE] [--variant NAME] [--until-failure] [--json]</c>. Seeds are run in a process with one processor and one thread in its pool; if this
/// is not such a process, it starts one with the same arguments.
/// </remarks>
internal static class WorkerProgram
{
    public const string Role = "simulate";
    public const string ProcessorCount = "DOTNET_PROCESSOR_COUNT";

    public static async Task<int> Run(string[] args)
    {
        if (!Arguments.TryParse(args, out var arguments, out var fault))
        {
            await Console.Error.WriteLineAsync(fault);
            return 2;
        }

        if (Environment.ProcessorCount != 1)
            return await RunWithOneProcessor(args);
        EventLoop.UseOneThread();
        return arguments.Steady is { } silos ? await Measure(silos, arguments) : await RunSeeds(arguments);
    }

    private static async Task<int> RunSeeds(Arguments arguments)
    {
        var failed = 0;
        for (var seed = arguments.From; seed <= arguments.To; seed += arguments.Step)
        {
            await using var file = arguments.Trace is { } path ? new StreamWriter(path) { AutoFlush = true } : null;
            using var watchdog = new Watchdog(seed);
            var outcome = await SeedRun.Run(seed, arguments.Variant, file);
            failed += outcome.Failure is null ? 0 : 1;
            Print(outcome, arguments);
            if (failed > 0 && arguments.IsUntilFailure)
                break;
        }

        return failed == 0 ? 0 : 1;
    }

    private static async Task<int> Measure(int silos, Arguments arguments)
    {
        await using var file = arguments.Trace is { } path ? new StreamWriter(path) { AutoFlush = true } : null;
        using var watchdog = new Watchdog(seed: silos);
        var (requests, increments) = await SeedRun.Measure(silos, hasLoad: !arguments.IsIdle, file);
        var outcome = new SteadyOutcome(silos, increments, requests);
        Console.WriteLine(arguments.IsJson
            ? JsonSerializer.Serialize(outcome)
            : string.Create(CultureInfo.InvariantCulture, $"{silos} silos, {increments} increments in 70 s: {requests:F1} requests to the membership table for each silo in a minute"));
        return 0;
    }

    private static void Print(SeedOutcome outcome, Arguments arguments)
    {
        if (arguments.IsJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(outcome));
            return;
        }

        if (outcome.Failure is not null)
        {
            foreach (var line in outcome.Trace.TakeLast(60))
                Console.WriteLine(line);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"seed {outcome.Seed}{(outcome.IsPlanned ? " (planned)" : "")}: {outcome.Failure ?? "passed"}; {outcome.Seconds:F1} s, {outcome.Events} events, {outcome.Stretches} turns, {outcome.Activations} activations, "
            + $"{outcome.Acknowledged} acknowledged, {outcome.CallsFailed} failed, {outcome.Crashes} crashes, {outcome.Leaves} leaves, {outcome.Fenced} fenced, recovery {outcome.Recovery:F1} s, "
            + $"{outcome.ProcessorMs:F0} ms of processor time, trace {outcome.Hash:X16}"));
    }

    private static async Task<int> RunWithOneProcessor(string[] args)
    {
        using var worker = Process.Start(StartInfo(args))!;
        await worker.WaitForExitAsync();
        return worker.ExitCode;
    }

    /// <summary>How to start this program again as one that can run seeds.</summary>
    public static ProcessStartInfo StartInfo(IEnumerable<string> args)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(WorkerProgram).Assembly.Location, .. args]);
        start.Environment[ProcessorCount] = "1";
        return start;
    }
}
