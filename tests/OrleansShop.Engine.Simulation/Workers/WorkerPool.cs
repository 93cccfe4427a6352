using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using OrleansShop.Engine.Simulation.Cluster;

namespace OrleansShop.Engine.Simulation.Workers;

/// <summary>Runs seeds in as many processes as there are processors.</summary>
internal static class WorkerPool
{
    /// <summary>Runs a range of seeds; the outcomes come in the order of the seeds.</summary>
    /// <param name="from">The first seed.</param>
    /// <param name="to">The last.</param>
    /// <param name="variant">What is wrong with the clusters.</param>
    /// <param name="isUntilFailure">Whether each process stops at the first seed that fails.</param>
    /// <exception cref="InvalidOperationException">A process has crashed, or a seed did not come to its end. The message says which.</exception>
    public static async Task<IReadOnlyList<SeedOutcome>> Run(int from, int to, Variant variant = Variant.None, bool isUntilFailure = false)
    {
        var workers = Math.Min(Environment.ProcessorCount, to - from + 1);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, workers).Select(worker => RunWorker<SeedOutcome>(
            [
                WorkerProgram.Role, "--seeds", $"{from + worker}-{to}", "--step", workers.ToString(CultureInfo.InvariantCulture), "--variant", variant.ToString(), "--json",
                .. isUntilFailure ? ["--until-failure"] : Array.Empty<string>(),
            ])));
        return [.. outcomes.SelectMany(each => each).OrderBy(outcome => outcome.Seed)];
    }

    /// <summary>Measures the requests to the membership table of a cluster in which nothing changes.</summary>
    public static async Task<SteadyOutcome> Measure(int silos, bool isIdle)
    {
        var outcomes = await RunWorker<SteadyOutcome>([WorkerProgram.Role, "--steady", silos.ToString(CultureInfo.InvariantCulture), "--json", .. isIdle ? ["--idle"] : Array.Empty<string>()]);
        return outcomes[0];
    }

    private static async Task<List<T>> RunWorker<T>(string[] args)
    {
        var start = WorkerProgram.StartInfo(args);
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        using var worker = Process.Start(start)!;
        var errors = worker.StandardError.ReadToEndAsync();
        var outcomes = new List<T>();
        while (await worker.StandardOutput.ReadLineAsync() is { } line)
            outcomes.Add(JsonSerializer.Deserialize<T>(line)!);
        await worker.WaitForExitAsync();
        return worker.ExitCode is 0 or 1
            ? outcomes
            : throw new InvalidOperationException($"The worker with {string.Join(' ', args)} has ended with {worker.ExitCode} after {outcomes.Count} outcomes. {await errors}");
    }
}
