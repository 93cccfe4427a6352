using System.Diagnostics;
using System.Globalization;
using System.Text;
using OrleansShop.EndToEnd.Tests.Moves.Clients;
using OrleansShop.EndToEnd.Tests.Moves.Faults;
using OrleansShop.EndToEnd.Tests.Moves.Orders;

namespace OrleansShop.EndToEnd.Tests.Moves;

/// <summary>What a run has shown.</summary>
/// <param name="Seed">Plays it again, as far as times allow.</param>
/// <param name="Operations">What clients asked.</param>
/// <param name="Windows">When faults were felt.</param>
/// <param name="Happened">How many times each fault happened.</param>
/// <param name="Wrong">What must not be.</param>
/// <param name="Steps">The steps that were made.</param>
/// <param name="Sweeps">How long the last sweeps took.</param>
/// <param name="Orders">What came of the orders.</param>
/// <param name="Timeline">What was done when.</param>
internal sealed record MoveReport(
    int Seed,
    IReadOnlyCollection<ClientOperation> Operations,
    IReadOnlyList<FaultWindow> Windows,
    IReadOnlyDictionary<string, int> Happened,
    IReadOnlyList<string> Wrong,
    StepWatch Steps,
    IReadOnlyList<string> Sweeps,
    string Orders,
    Timeline Timeline)
{
    /// <summary>Errors that no fault explains.</summary>
    public IReadOnlyList<ClientOperation> UnexplainedErrors { get; } =
        [.. Operations.Where(operation => operation.Error is not null && !Windows.Any(window => window.Meets(operation.SentAt, operation.AnsweredAt ?? long.MaxValue)))];

    public bool IsGood => Wrong.Count == 0 && UnexplainedErrors.Count == 0;

    public override string ToString()
    {
        var text = new StringBuilder();
        var errors = Operations.Where(static operation => operation.Error is not null).ToList();
        text.AppendLine(CultureInfo.InvariantCulture, $"seed {Seed}: {Operations.Count} operations ({string.Join(", ", Operations.CountBy(static operation => $"{operation.Kind} {operation.Outcome}").OrderByDescending(static pair => pair.Value).Select(static pair => $"{pair.Key} {pair.Value}"))})");
        text.AppendLine(CultureInfo.InvariantCulture, $"{errors.Count} errors, {UnexplainedErrors.Count} outside of faults ({string.Join(", ", errors.CountBy(static error => error.Status).Select(static pair => $"{pair.Key}: {pair.Value}"))}); {Orders}");
        text.AppendLine(CultureInfo.InvariantCulture, $"steps: {string.Join(", ", Steps.Made.OrderBy(static pair => pair.Key).Select(static pair => $"{pair.Key} {pair.Value}"))}");
        text.AppendLine(CultureInfo.InvariantCulture, $"faults: {string.Join(", ", Happened.Select(static pair => $"{pair.Value} × {pair.Key}"))}");
        text.AppendLine(CultureInfo.InvariantCulture, $"felt for {Percentiles(Windows.Select(static window => Stopwatch.GetElapsedTime(window.From, window.Until)))}");
        text.AppendLine(CultureInfo.InvariantCulture, $"moves: {Percentiles(Steps.Transits.Where(transit => !IsDisturbed(transit.From, transit.Until)).Select(static transit => Stopwatch.GetElapsedTime(transit.From, transit.Until)))}");
        text.AppendLine(CultureInfo.InvariantCulture, $"waits of requests for entities on their way: {Percentiles(WaitsInTransit())}");
        text.AppendLine(CultureInfo.InvariantCulture, $"waits of all other requests: {Percentiles(Operations.Where(operation => operation.AnsweredAt is { } at && !IsDisturbed(operation.SentAt, at)).Select(static operation => Stopwatch.GetElapsedTime(operation.SentAt, operation.AnsweredAt!.Value)))}");
        foreach (var sweep in Sweeps) text.AppendLine(sweep);
        foreach (var wrong in Wrong) text.AppendLine(CultureInfo.InvariantCulture, $"WRONG: {wrong}");
        foreach (var error in UnexplainedErrors.Take(20)) text.AppendLine(CultureInfo.InvariantCulture, $"ERROR from {Timeline.At(error.SentAt)} to {Timeline.At(error.AnsweredAt ?? long.MaxValue)}: {error}");
        return text.Append(Timeline).ToString();
    }

    /// <summary>How long requests took whose entity was on its way meanwhile, without a fault.</summary>
    private IEnumerable<TimeSpan> WaitsInTransit()
    {
        var transits = Steps.Transits.ToLookup(static transit => transit.Entity);
        return Operations
            .Where(operation => operation is { Id: { } id, AnsweredAt: { } at } && !IsDisturbed(operation.SentAt, at)
                && transits[$"{operation.EntityKind}/{id}"].Any(transit => transit.From < at && transit.Until > operation.SentAt))
            .Select(static operation => Stopwatch.GetElapsedTime(operation.SentAt, operation.AnsweredAt!.Value));
    }

    private bool IsDisturbed(long from, long until) => Windows.Any(window => window.Meets(from, until));

    private static string Percentiles(IEnumerable<TimeSpan> times)
    {
        var sorted = times.Order().ToList();
        return sorted.Count == 0 ? "none" : string.Create(CultureInfo.InvariantCulture, $"{sorted.Count}, p50 {At(0.5):F0} ms, p99 {At(0.99):F0} ms, max {sorted[^1].TotalMilliseconds:F0} ms");

        double At(double share) => sorted[(int)(share * (sorted.Count - 1))].TotalMilliseconds;
    }
}
