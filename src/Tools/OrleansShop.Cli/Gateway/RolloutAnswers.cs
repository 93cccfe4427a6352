namespace OrleansShop.Cli.Gateway;

/// <summary>How a capability's rollout stands, or how the last one ended.</summary>
internal sealed record RolloutAnswer(
    string Capability, string Outcome, string By, string Origin, DateTimeOffset StartedAt, string Phase, int Percent, long Epoch, TimeSpan BakeTime, int StepsDone, int StepsTotal,
    string? Detail = null, string? Reason = null, DateTimeOffset? EndedAt = null, bool IsPaused = false, RolloutDecisionAnswer? Now = null, IReadOnlyList<RolloutDecisionAnswer>? Decisions = null)
{
    /// <summary>Whether it still gives orders.</summary>
    public bool IsUnderWay => Outcome is "Running" or "RollingBack";

    public string Standing => RolloutDecisionAnswer.StandingOf(Phase, Percent);
}

/// <summary>What a rollout has decided, or waits for, and the numbers.</summary>
internal sealed record RolloutDecisionAnswer(DateTimeOffset At, string Kind, string Reason, string Phase, int Percent, long Epoch, RolloutFiguresAnswer Figures, TimeSpan? Observed = null)
{
    public string Standing => StandingOf(Phase, Percent);

    public static string StandingOf(string phase, int percent) => phase == "Canary" ? $"canary {percent} %" : phase.ToLowerInvariant();
}

internal sealed record RolloutFiguresAnswer(
    int Gateways = 0, long GrainRequests = 0, long GrainErrors = 0, TimeSpan? GrainP99 = null, long MonolithRequests = 0, long MonolithErrors = 0, TimeSpan? MonolithP99 = null, long Compared = 0, long Different = 0,
    TimeSpan Lag = default, long? Unmoved = null);
