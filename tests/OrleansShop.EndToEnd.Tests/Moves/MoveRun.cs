using System.Diagnostics;
using OrleansShop.EndToEnd.Tests.Moves.Checks;
using OrleansShop.EndToEnd.Tests.Moves.Clients;
using OrleansShop.EndToEnd.Tests.Moves.Faults;
using OrleansShop.EndToEnd.Tests.Moves.Orders;
using OrleansShop.EndToEnd.Tests.Moves.Running;

namespace OrleansShop.EndToEnd.Tests.Moves;

/// <summary>
/// One run of the checker: clients work on entities through two gateways while capabilities move at random, first undisturbed, then while one fault after the other happens; then everything goes to the grains, is compared, and back.
/// </summary>
internal sealed class MoveRun(CheckedClinic clinic, int seed)
{
    private static readonly TimeSpan MaxOrderPause = TimeSpan.FromSeconds(1.2);
    private static readonly TimeSpan MaxAbsence = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RecoveryDeadline = TimeSpan.FromSeconds(60);

    private readonly List<FaultWindow> _windows = [];
    private readonly List<string> _wrong = [];
    private readonly Timeline _timeline = new();
    private readonly Dictionary<string, int> _happened = [];

    /// <summary>Runs.</summary>
    /// <param name="plan">How long, and what happens.</param>
    public async Task<MoveReport> RunAsync(MovePlan plan)
    {
        var random = new Random(seed);
        using var phases = new PhaseOperator(clinic, _timeline);
        await using var load = await ClientLoad.StartAsync(clinic, seed);
        using var stop = new CancellationTokenSource();
        var wandering = phases.WanderAsync(new Random(seed), MaxOrderPause, stop.Token);
        var sweeps = new List<string>();
        try
        {
            await UndisturbedAsync(load, plan);
            await DisturbAsync(load, plan, random);
            await stop.CancelAsync();
            await wandering;
            if (plan.EndsThereAndBack) sweeps = await GoThereAndBackAsync(phases);
            await load.StopAsync();
            if (!await load.ProbeAsync()) _wrong.Add("At the end not everything is answered.");
        }
        catch (Exception failed) when (failed is TimeoutException or InvalidOperationException or HttpRequestException)
        {
            _wrong.Add(failed.ToString());
        }
        finally
        {
            await stop.CancelAsync();
            await wandering;
            await load.StopAsync();
        }

        _wrong.AddRange(await RowCheck.FaultsAsync(clinic.Database, load.Journal.Operations));
        _wrong.AddRange(HistoryCheck.Violations(load.Journal.Operations));
        return new MoveReport(seed, load.Journal.Operations, _windows, _happened, _wrong, clinic.Steps, sweeps, phases.Tally, _timeline);
    }

    private static async Task UndisturbedAsync(ClientLoad load, MovePlan plan)
    {
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < plan.Undisturbed && !(plan.EndsAtFirstViolation && HistoryCheck.Violations([.. load.Journal.Operations]).Count > 0)) await Task.Delay(Quiet);
    }

    /// <summary>Everything goes to the grains, is compared, comes back, is compared, and is the monolith's again, while clients work.</summary>
    private async Task<List<string>> GoThereAndBackAsync(PhaseOperator phases)
    {
        var sweeps = new List<string>();
        foreach (var capability in EntityKinds.Capabilities.Values) sweeps.Add($"{capability} to grains: {await phases.BringToGrainsAsync(capability)}");
        await CompareAsync(phases);
        foreach (var capability in EntityKinds.Capabilities.Values) sweeps.Add($"{capability} back: {await phases.BringBackAsync(capability)}");
        await CompareAsync(phases);
        foreach (var capability in EntityKinds.Capabilities.Values) await phases.BringToMonolithAsync(capability);
        return sweeps;
    }

    private async Task DisturbAsync(ClientLoad load, MovePlan plan, Random random)
    {
        var began = Stopwatch.GetTimestamp();
        for (var next = 0; plan.Faults.Count > 0 && Stopwatch.GetElapsedTime(began) < plan.Disturbed; next++)
        {
            var fault = plan.Faults[next % plan.Faults.Count];
            long? from = null;
            if (!await fault.HappenAsync(clinic, () => from = Stopwatch.GetTimestamp()))
            {
                _timeline.Note($"no occasion: {fault.Name}");
                continue;
            }

            _timeline.Note(fault.Name);
            _happened[fault.Name] = _happened.GetValueOrDefault(fault.Name) + 1;
            await Task.Delay(MaxAbsence * random.NextDouble());
            await RecoverAsync(load, fault, from!.Value);
            await Task.Delay(Quiet);
        }
    }

    private async Task RecoverAsync(ClientLoad load, Fault fault, long from)
    {
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            var started = await clinic.StartEndedAsync();
            if (started.Count > 0) _timeline.Note($"started again: {string.Join(", ", started)}");
            if (await load.ProbeAsync()) break;
            if (Stopwatch.GetElapsedTime(since) > RecoveryDeadline) throw new TimeoutException($"{RecoveryDeadline} after '{fault.Name}' not everything is answered again.");
        }

        _windows.Add(new FaultWindow(fault.Name, from, Stopwatch.GetTimestamp()));
        _timeline.Note($"recovered, {Stopwatch.GetElapsedTime(from).TotalSeconds:F1} s after it began");
    }

    private async Task CompareAsync(PhaseOperator phases)
    {
        foreach (var capability in EntityKinds.Capabilities.Values)
        {
            var report = await phases.VerifyAsync(capability);
            _timeline.Note($"compared {report["compared"]} of {capability}, {report["ownedByGrains"]} owned by grains: {report["differences"]} differences");
            if (!report["isComplete"]!.GetValue<bool>() || report["differences"]!.GetValue<long>() != 0) _wrong.Add($"Both sides of {capability} are not the same: {report}");
        }
    }
}
