using OrleansShop.EndToEnd.Tests.Moves.Faults;

namespace OrleansShop.EndToEnd.Tests.Moves;

/// <summary>How long a run of the checker is, and what happens in it.</summary>
internal sealed record MovePlan
{
    /// <summary>How long capabilities move before the first fault.</summary>
    public required TimeSpan Undisturbed { get; init; }

    /// <summary>How long faults go on.</summary>
    public TimeSpan Disturbed { get; init; }

    /// <summary>What happens, again from the first after the last; empty for nothing.</summary>
    public IReadOnlyList<Fault> Faults { get; init; } = [];

    /// <summary>Whether it is enough to have seen what cannot be.</summary>
    public bool EndsAtFirstViolation { get; init; }

    /// <summary>Whether everything goes to the grains and back at the end, and is compared at both.</summary>
    public bool EndsThereAndBack { get; init; } = true;
}
