namespace OrleansShop.Strangler.Phases;

/// <summary>What came of beginning a transition. Immutable.</summary>
/// <param name="Outcome">Whether it began.</param>
/// <param name="Attempt">The number of the attempt that began, or of the one that runs already; 0 when none does.</param>
/// <param name="RetryAfter">How long the running transition has to be silent until it counts as abandoned; null when none runs.</param>
/// <param name="Status">Where the capability stands now.</param>
[GenerateSerializer, Immutable, Alias("OrleansShop.Strangler.TransitionStart")]
public sealed record TransitionStart(
    [property: Id(0)] TransitionOutcome Outcome,
    [property: Id(1)] long Attempt,
    [property: Id(2)] TimeSpan? RetryAfter,
    [property: Id(3)] CapabilityStatus Status);

/// <summary>Whether a transition began.</summary>
public enum TransitionOutcome
{
    /// <summary>It began: whoever asked runs it now.</summary>
    Begun = 0,

    /// <summary>There is nothing to do: the capability is in the phase already.</summary>
    AlreadyThere = 1,

    /// <summary>Another transition is running.</summary>
    AnotherIsRunning = 2,

    /// <summary>The capability moves by orders, entity by entity: it is not to be copied.</summary>
    MovesByOrders = 3,
}
