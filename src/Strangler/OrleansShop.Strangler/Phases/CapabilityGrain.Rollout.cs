using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrleansShop.Strangler.Capabilities;
using OrleansShop.Strangler.Moving;
using OrleansShop.Strangler.Phases.Orders;
using OrleansShop.Strangler.Rollout;

namespace OrleansShop.Strangler.Phases;

/// <content>
/// The driver of a rollout. It lives in the turns of the grain, so that no order of an operator comes between a look at the figures and the order that follows from them. What is decided is stored before it has an effect, or
/// with it; the window of the figures is not stored: a new activation looks at the step anew, from its begin.
/// </content>
public abstract partial class CapabilityGrain
{
    private const string RolloutOrigin = "rollout";

    private RolloutOptions _rolloutOptions = new();
    private FigureWindow? _figures;
    private IGrainTimer? _looking;
    private RolloutDecision? _waiting;

    /// <summary>What is stored, for those who ask between turns.</summary>
    private CapabilityRecord _stored = new();

    private RolloutManifest Plan => _moves.Manifest.Rollout;

    /// <inheritdoc />
    public async Task<RolloutAnswer> StartRolloutAsync(RolloutOrder order)
    {
        ArgumentNullException.ThrowIfNull(order);
        if (AgainstRollout(order) is { } refusal) return new RolloutAnswer(RolloutNow, refusal);
        var now = time.GetUtcNow();
        var started = new RolloutRecord { By = order.By, Origin = order.Origin, Reason = order.Reason, StartedAt = now };
        _waiting = null;
        await StoreAsync(record.State.Noted(started, order.By, order.Origin, order.Reason is { } reason ? Cut($"Started. {reason}") : "Started.", now));
        LookFromNow();
        return new RolloutAnswer(RolloutNow);
    }

    /// <inheritdoc />
    public async Task<RolloutAnswer> StopRolloutAsync(RolloutOrder order)
    {
        ArgumentNullException.ThrowIfNull(order);
        var refusal = order.Fault
            ?? (record.State.Rollout is not { Outcome: RolloutOutcome.Running } ? $"No rollout of {Name} runs that could be stopped." : EpochFault(order));
        if (refusal is not null) return new RolloutAnswer(RolloutNow, refusal);
        var now = time.GetUtcNow();
        await EndRolloutAsync(record.State.Rollout!.Ended(RolloutOutcome.Stopped, order.Reason ?? $"{order.By} ({order.Origin}) has stopped it.", now), "Stopped.", order.By, order.Origin, now);
        return new RolloutAnswer(RolloutNow);
    }

    /// <inheritdoc />
    public Task<RolloutStatus?> GetRolloutAsync() => Task.FromResult(RolloutNow);

    /// <inheritdoc />
    public Task ReportAsync(GatewayFigures figures)
    {
        ArgumentNullException.ThrowIfNull(figures);
        if (_stored.Rollout is { Outcome: RolloutOutcome.Running }) _figures?.Take(figures);
        return Task.CompletedTask;
    }

    private RolloutStatus? RolloutNow
    {
        get
        {
            if (_stored.Rollout is not { } rollout) return null;
            var plan = Plan;
            var (done, total) = RolloutRules.ProgressOf(plan, _stored.Standing);
            return new RolloutStatus(
                Name, rollout.Outcome, rollout.Detail, rollout.By, rollout.Origin, rollout.Reason, rollout.StartedAt, rollout.EndedAt, _stored.Phase, _stored.Percent, _stored.Lists, _stored.Epoch, _stored.IsPaused,
                plan.Steps, plan.BakeTime, rollout.Outcome == RolloutOutcome.Finished ? total : done, total, rollout.Outcome.IsUnderWay() ? _waiting : null, rollout.Decisions);
        }
    }

    private void BeginRollout()
    {
        _rolloutOptions = ServiceProvider.GetService<IOptions<RolloutOptions>>()?.Value ?? _rolloutOptions;
        _figures = new FigureWindow(time);
        _figures.Follow(record.State.Epoch);
        if (record.State.Rollout is { } rollout && rollout.Outcome.IsUnderWay()) LookFromNow();
    }

    private void LookFromNow() =>
        _looking ??= this.RegisterGrainTimer(LookAsync, new GrainTimerCreationOptions(TimeSpan.Zero, _rolloutOptions.Interval) { KeepAlive = true });

    private async Task LookAsync()
    {
        if (record.State.Rollout is not { } rollout || !rollout.Outcome.IsUnderWay())
        {
            _looking?.Dispose();
            _looking = null;
            return;
        }

        var (now, moves) = (time.GetUtcNow(), _moves);
        var position = new RolloutPosition(record.State.Standing, IsAnnounced, _figures!.Age, rollout.BaselineP99);
        var seen = Seen(moves);
        if (rollout.Outcome == RolloutOutcome.RollingBack)
        {
            await RollBackAsync(rollout, position, seen, moves);
            return;
        }

        var verdict = RolloutRules.Decide(Plan, position, seen);
        var decision = RolloutDecision.Of(verdict, position, seen, now);
        _waiting = decision;
        if (verdict.Kind == RolloutVerdictKind.Wait) return;

        LogDecided(moves.Logger, Name, verdict.Kind, verdict.Reason);
        var decided = rollout.Decided(decision, seen.MonolithRequests >= Plan.MinRequests ? seen.MonolithP99 : null);
        switch (verdict.Kind)
        {
            case RolloutVerdictKind.GoOn:
                await OrderForRolloutAsync(decided, verdict, position, seen, moves);
                return;
            case RolloutVerdictKind.Finished:
                await EndRolloutAsync(decided.Ended(RolloutOutcome.Finished, verdict.Reason, now), "Finished.", rollout.By, RolloutOrigin, now);
                return;
            default:
                // Stored before the order, which may have to be given again: figures that get better by then change nothing.
                await StoreAsync(record.State with { Rollout = decided with { Outcome = RolloutOutcome.RollingBack, Detail = verdict.Reason } });
                await RollBackAsync(record.State.Rollout!, position, seen, moves);
                return;
        }
    }

    private Task RollBackAsync(RolloutRecord rollout, RolloutPosition position, RolloutFigures seen, CapabilityMoves moves) =>
        record.State.IsRollingBack
            ? Task.CompletedTask
            : OrderForRolloutAsync(rollout, new RolloutVerdict(RolloutVerdictKind.RollBack, rollout.Detail ?? "", new RolloutStep(OrderKind.Rollback)), position, seen, moves);

    private async Task OrderForRolloutAsync(RolloutRecord decided, RolloutVerdict verdict, RolloutPosition position, RolloutFigures seen, CapabilityMoves moves)
    {
        var step = verdict.Order!;
        var order = new CapabilityOrder(step.Kind, decided.By, RolloutOrigin, step.Percent, step.Lists, position.Standing.Epoch, Reason: Cut(verdict.Reason));
        var answer = await AskedAsync(order, moves, decided);
        moves.Metrics.Ordered(Name, order.Kind, answer.Result);
        if (answer.Result is OrderResult.Accepted or OrderResult.Unchanged) return;
        _waiting = RolloutDecision.Of(new RolloutVerdict(RolloutVerdictKind.Wait, answer.Detail ?? "The order is not taken."), position, seen, time.GetUtcNow());
    }

    private RolloutFigures Seen(CapabilityMoves moves)
    {
        var sums = _figures!.Sum();
        var progress = _mover?.Progress;
        var copies = progress?.Shadow is { ChangesWaiting: > 0 } shadow ? shadow.Lag : TimeSpan.Zero;
        var rows = progress?.Behind is { Entities: > 0 } behind ? behind.For : TimeSpan.Zero;
        return new RolloutFigures(
            _figures.Heard(_rolloutOptions.SilentAfter),
            sums.Grains.Requests, sums.Grains.Errors, LatencyBuckets.P99(sums.Grains.Latencies),
            sums.Monolith.Requests, sums.Monolith.Errors, LatencyBuckets.P99(sums.Monolith.Latencies),
            sums.Compared, sums.Different, copies > rows ? copies : rows, Unmoved(progress));
    }

    /// <summary>What the mover tells of an older order says nothing about this one.</summary>
    private long? Unmoved(MoveProgress? progress) =>
        progress is null || progress.Epoch != record.State.Epoch ? null
        : record.State.Phase == CapabilityPhase.Shadow ? progress.Shadow is not { } shadow ? null : shadow.IsFilled ? 0 : Math.Max(1, (progress.OwnedByMonolith ?? 0) - shadow.Copied)
        : progress.Activity == MoveActivity.Settled ? 0
        : Math.Max(1, progress.Total - progress.Moved);

    private async Task EndRolloutAsync(RolloutRecord ended, string what, string by, string origin, DateTimeOffset now)
    {
        _waiting = null;
        await StoreAsync(record.State.Noted(ended, by, origin, Cut($"{what} {ended.Detail}"), now));
    }

    private static string Cut(string reason) => reason.Length <= OrderLimits.MaxReason ? reason : reason[..OrderLimits.MaxReason];

    private string? AgainstRollout(RolloutOrder order) =>
        order.Fault
        ?? (record.State.Rollout is { } last && last.Outcome.IsUnderWay() ? $"A rollout of {Name} is under way since {last.StartedAt:u}, started by {last.By}: stop it first, or let it be."
        : record.State.Phase == CapabilityPhase.Retired ? $"{Name} is retired: there is no further step."
        : record.State.IsRollingBack ? $"{Name} is being rolled back: wait until the monolith owns everything again, or order canary."
        : record.State.IsPaused ? $"{Name} is paused: resume it first."
        : EpochFault(order));

    private string? EpochFault(RolloutOrder order) => order.ExpectedEpoch is { } expected && expected != record.State.Epoch
        ? $"{Name} was changed meanwhile: its epoch is {record.State.Epoch}, the order was given for {expected}. Look at it again."
        : null;

    [LoggerMessage(3720, LogLevel.Information, "The rollout of {Capability} decides: {Decision}. {Reason}")]
    private static partial void LogDecided(ILogger logger, string capability, RolloutVerdictKind decision, string reason);
}
