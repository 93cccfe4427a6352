using System.Diagnostics;
using System.Text.Json.Nodes;
using OrleansShop.Benchmarks.Running;

namespace OrleansShop.Benchmarks.Moves;

/// <summary>
/// Owners move to the grains and back while requests run, and what those who ask see of it.
/// <code>
///   1 before    the steady load, everything at the monolith; then writes one by one
///   2 there     the sweep moves all, the load goes on
///   3 after     the steady load, everything in the grains; then writes one by one; then verify
///   4 back      the sweep returns all, the load goes on
/// </code>
/// </summary>
internal sealed class LiveMoves(string name, string where, Func<DirectoryInfo, CancellationToken, Task<MovingClinic>> start) : IBenchmark
{
    public string Name => name;

    public string Question => $"entities/s that the sweep moves under a steady load, and what clients see of it: {where}";

    public async Task<IReadOnlyList<Measurement>> RunAsync(RoundOptions options, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("bench-moves-");
        try
        {
            await using var clinic = await start(folder, cancellationToken);
            try
            {
                return await RunAsync(clinic, options, cancellationToken);
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"{failure.Message}\n{clinic.Output()}", failure);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<IReadOnlyList<Measurement>> RunAsync(MovingClinic clinic, RoundOptions options, CancellationToken cancellationToken)
    {
        var figures = new MoveFigures();
        var owners = await clinic.Owners.AddAsync(options.Owners, cancellationToken);
        var total = owners.Last - owners.First + 1;
        using var orders = new MoveOrders(clinic.Gateway);
        await using var load = PacedLoad.Start(clinic.Gateway, owners, options.RequestsPerSecond);
        await load.ForAsync(options.WarmUp, cancellationToken);

        // 1
        var before = await SteadyAsync(clinic, load, options, cancellationToken);
        figures.Add("before", before.Samples, options.Duration);

        // 2. Without waiting for the copies of Shadow: an entity is taken with its rows anyway.
        await orders.OrderAsync("shadow");
        await orders.OrderAsync("canary", new { by = "benchmark", percent = 0 });
        await orders.UntilAsync(static status => status["isAnnounced"]!.GetValue<bool>(), cancellationToken);
        await using (var ledger = await clinic.Owners.LookAsync(cancellationToken))
        {
            load.Watch(ledger);
            var sweep = await SweepAsync(clinic, load, orders, "promote", static status => Owned(status, "Monolith") == 0, cancellationToken);
            load.Watch(null);
            figures.AddSweep("there", total, sweep.Took, sweep.ProcessorTime);
            figures.Add("there", sweep.Samples, sweep.Took);
            await load.ForAsync(TimeSpan.FromMilliseconds(100), cancellationToken);
        }

        // 3
        var after = await SteadyAsync(clinic, load, options, cancellationToken);
        figures.Add("after", after.Samples, options.Duration);
        if (clinic.IsEmbedded) figures.AddWriteAmplification(before.BytesPerWrite, after.BytesPerWrite);
        await VerifyAsync(orders, figures, total, cancellationToken);

        // 4
        var back = await SweepAsync(clinic, load, orders, "rollback", static status => status["phase"]!.ToString() == "Monolith", cancellationToken);
        figures.AddSweep("back", total, back.Took, back.ProcessorTime);
        figures.Add("back", back.Samples, back.Took);
        return figures.All;
    }

    private static async Task<(IReadOnlyList<LoadSample> Samples, double BytesPerWrite)> SteadyAsync(MovingClinic clinic, PacedLoad load, RoundOptions options, CancellationToken cancellationToken)
    {
        var (bytes, writes) = (clinic.BytesWritten(), load.Writes);
        var samples = await load.ForAsync(options.Duration, cancellationToken);
        return (samples, (double)(clinic.BytesWritten() - bytes) / Math.Max(1, load.Writes - writes));
    }

    private static async Task<(IReadOnlyList<LoadSample> Samples, TimeSpan Took, TimeSpan ProcessorTime)> SweepAsync(
        MovingClinic clinic, PacedLoad load, MoveOrders orders, string order, Func<JsonNode, bool> isOver, CancellationToken cancellationToken)
    {
        var (since, busy) = (Stopwatch.GetTimestamp(), clinic.ProcessorTime());
        var samples = await load.DuringAsync(async () =>
        {
            await orders.OrderAsync(order);
            await orders.UntilAsync(isOver, cancellationToken);
        });
        return (samples, Stopwatch.GetElapsedTime(since), clinic.ProcessorTime() - busy);
    }

    private static async Task VerifyAsync(MoveOrders orders, MoveFigures figures, int total, CancellationToken cancellationToken)
    {
        await orders.OrderAsync("verify");
        var report = await orders.UntilAsync(static report => !report["isRunning"]!.GetValue<bool>(), cancellationToken, "verify");
        if (!report["isComplete"]!.GetValue<bool>() || report["differences"]!.GetValue<long>() != 0 || report["compared"]!.GetValue<long>() < total)
            throw new InvalidOperationException($"The comparison of both sides ended with {report.ToJsonString()}");
        figures.AddVerify(report["perSecond"]!.GetValue<double>());
    }

    private static long? Owned(JsonNode status, string owner) => status["moves"]?[$"ownedBy{owner}"]?.GetValue<long>();
}
