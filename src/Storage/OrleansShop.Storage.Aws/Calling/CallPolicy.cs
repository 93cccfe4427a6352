namespace OrleansShop.Storage.Aws.Calling;

/// <summary>How long and how often a call that is throttled, or meets an outage, is repeated.</summary>
/// <param name="GiveUpAfter">When no further try is begun, counted from the first. A call takes at most this and one <paramref name="AttemptTimeout"/>.</param>
/// <param name="AttemptTimeout">How long one try may take.</param>
/// <param name="FirstPause">The upper bound of the pause before the second try; it doubles with each. Pauses are drawn evenly between nothing and their bound.</param>
/// <param name="LongestPause">The highest that bound becomes.</param>
internal sealed record CallPolicy(TimeSpan GiveUpAfter, TimeSpan AttemptTimeout, TimeSpan FirstPause, TimeSpan LongestPause)
{
    /// <summary>
    /// For calls that a grain's turn waits for: over before the call to the grain times out, which is 30 s by default, so that its caller learns the cause.
    /// </summary>
    public static CallPolicy OfTurns { get; } = new(TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(5), TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(1));

    /// <summary>For what a starting process does, which has nobody waiting but its host.</summary>
    public static CallPolicy OfStart { get; } = OfTurns with { GiveUpAfter = TimeSpan.FromSeconds(60) };
}
