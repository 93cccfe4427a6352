namespace OrleansShop.Strangler.Phases;

/// <summary>A transition that has ended, as the history keeps it. Immutable.</summary>
/// <param name="Attempt">The number of the attempt.</param>
/// <param name="From">The phase before.</param>
/// <param name="Target">The phase that was wanted.</param>
/// <param name="StartedAt">When it began, in UTC.</param>
/// <param name="EndedAt">When it ended, in UTC.</param>
/// <param name="By">Who asked for it.</param>
/// <param name="Succeeded">Whether the phase changed.</param>
/// <param name="Detail">What was done, or why it failed.</param>
public sealed record CapabilityTransition(
    long Attempt,
    CapabilityPhase From,
    CapabilityPhase Target,
    DateTimeOffset StartedAt,
    DateTimeOffset EndedAt,
    string By,
    bool Succeeded,
    string Detail);
