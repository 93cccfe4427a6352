namespace OrleansShop.Cli.Gateway;

/// <summary>Where a capability stands, and how the moving of its entities gets on.</summary>
internal sealed record CapabilityStatusAnswer(
    string Capability, string Phase, long Epoch, DateTimeOffset? ChangedAt = null, string? By = null, int Percent = 0, string Lists = "Monolith", bool IsPaused = false,
    bool IsRollingBack = false, bool IsAnnounced = true, MovesAnswer? Moves = null)
{
    /// <summary>Phase and share as operators say them, such as <c>canary 25 %, paused</c>.</summary>
    public string Standing => string.Concat(
        Phase.ToLowerInvariant(),
        IsIn("Canary") ? $" {Percent} %" : "",
        IsRollingBack ? ", rolling back" : "",
        IsPaused ? ", paused" : "");

    /// <summary>Whether the last order is in force and every entity is where it is to be, as far as the service knows.</summary>
    public bool IsSettled => IsAnnounced && !IsRollingBack && (Moves is null || (Moves.Activity == "Settled" && (!IsIn("Shadow") || Moves.Shadow is { IsFilled: true })));

    public bool IsIn(string phase) => Phase == phase;
}

internal sealed record MovesAnswer(
    string Activity, long? OwnedByMonolith = null, long? OwnedByGrains = null, long Moved = 0, long Total = 0, double PerSecond = 0, long Failures = 0, string? LastError = null, ShadowAnswer? Shadow = null)
{
    /// <summary>How many entities the capability has; null before the first count.</summary>
    public long? Entities => OwnedByMonolith + OwnedByGrains;
}

/// <summary>How the grains' copies keep up with the monolith.</summary>
internal sealed record ShadowAnswer(bool IsFilled, long Copied, long ChangesWaiting, TimeSpan Lag);

/// <summary>What an operator orders; the path says the kind of the order.</summary>
internal sealed record MoveOrder(
    string By, long? ExpectedEpoch = null, string? Reason = null, int? Percent = null, string? Lists = null, string? Confirmation = null);

internal sealed record VerificationAnswer(
    bool IsRunning, bool IsComplete, long Compared, long Differences, double PerSecond = 0, long OwnedByGrains = 0, IReadOnlyList<EntityDifferenceAnswer>? FirstDifferences = null, string? Fault = null);

internal sealed record EntityDifferenceAnswer(string Kind, string Id, string What);

/// <summary>What comparing both sides' answers has found, at the gateway that was asked, since the capability entered Shadow.</summary>
internal sealed record DifferencesAnswer(string Capability, long Dropped, IReadOnlyList<RouteDifferencesAnswer> Routes);

internal sealed record RouteDifferencesAnswer(string Route, long Compared, long Different, long Failed, IReadOnlyDictionary<string, long>? Noise = null, IReadOnlyList<DifferenceExampleAnswer>? Examples = null);

internal sealed record DifferenceExampleAnswer(string Target, DateTimeOffset At, int MonolithStatus, int ServiceStatus, IReadOnlyList<JsonDifferenceAnswer>? Differences = null);

internal sealed record JsonDifferenceAnswer(string Path, string Monolith, string Service);

/// <summary>What an order has led to.</summary>
internal sealed record TransitionAnswer(string From, string Target, DateTimeOffset At, AcceptedOrderAnswer Order);

internal sealed record AcceptedOrderAnswer(OrderAnswer Order, StandingAnswer Standing, long? OwnedByMonolith = null, long? OwnedByGrains = null);

internal sealed record OrderAnswer(string Kind, string By, string Origin, int? Percent = null, string? Lists = null, string? Reason = null);

internal sealed record StandingAnswer(long Epoch);
