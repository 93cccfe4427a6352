namespace OrleansShop.Strangler.Phases;

/// <summary>Asks the capability's grain, and keeps its answer for <see cref="MaxAge"/>.</summary>
/// <param name="grain">Returns the grain that keeps the capability's phase.</param>
/// <param name="time">The clock.</param>
public sealed class CapabilityView(Func<ICapabilityGrain> grain, TimeProvider time) : ICapabilityView
{
    private volatile Answer? _last;

    /// <summary>How old an answer may be that is given again.</summary>
    public static TimeSpan MaxAge { get; } = TimeSpan.FromSeconds(1);

    /// <inheritdoc />
    public ValueTask<CapabilityStatus> GetAsync() =>
        _last is { } last && time.GetElapsedTime(last.AskedAt) < MaxAge ? ValueTask.FromResult(last.Status) : new ValueTask<CapabilityStatus>(AskAsync());

    /// <inheritdoc />
    public void Refresh() => _last = null;

    private async Task<CapabilityStatus> AskAsync()
    {
        // Its age counts from the question: the answer may have been on its way for long.
        var askedAt = time.GetTimestamp();
        var status = await grain().GetAsync();
        _last = new Answer(status, askedAt);
        return status;
    }

    private sealed record Answer(CapabilityStatus Status, long AskedAt);
}
