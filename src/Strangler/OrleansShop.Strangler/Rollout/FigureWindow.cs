namespace OrleansShop.Strangler.Rollout;

/// <summary>
/// What all gateways together have counted since they go by the capability's present epoch. Kept by the activation of the capability's grain alone: a new one begins anew, and so does each order. Not thread-safe.
/// </summary>
internal sealed class FigureWindow(TimeProvider time)
{
    /// <summary>Those that were silent longest are added up and forgotten by name.</summary>
    private const int MaxGateways = 64;

    private readonly Dictionary<string, Source> _sources = new(StringComparer.Ordinal);
    private WindowSums _past = WindowSums.None;
    private long _epoch = -1;
    private long? _beganAt;

    /// <summary>How long the window has been open: since the first gateway went by the epoch; null before.</summary>
    internal TimeSpan? Age => _beganAt is { } began ? time.GetElapsedTime(began) : null;

    /// <summary>Begins anew if the epoch is another one.</summary>
    internal void Follow(long epoch)
    {
        if (epoch == _epoch) return;
        _sources.Clear();
        (_epoch, _past, _beganAt) = (epoch, WindowSums.None, null);
    }

    /// <summary>Takes what a gateway tells. What it tells of another epoch does not count, nor what has been overtaken on its way.</summary>
    internal void Take(GatewayFigures figures)
    {
        if (figures.Epoch != _epoch) return;
        var now = time.GetTimestamp();
        _beganAt ??= now;
        if (!_sources.TryGetValue(figures.Gateway, out var source))
        {
            if (_sources.Count == MaxGateways) Forget();
            _sources[figures.Gateway] = new Source(figures, figures, now);
        }
        else if (!figures.IsOlderThan(source.Last))
        {
            _sources[figures.Gateway] = source with { Last = figures, HeardAt = now };
        }
    }

    /// <summary>How many gateways have told something within a time.</summary>
    internal int Heard(TimeSpan within) => _sources.Values.Count(source => time.GetElapsedTime(source.HeardAt) <= within);

    internal WindowSums Sum() => _sources.Values.Aggregate(_past, static (sum, source) => sum.Plus(source));

    private void Forget()
    {
        var (name, source) = _sources.MinBy(static pair => pair.Value.HeardAt);
        _past = _past.Plus(source);
        _sources.Remove(name);
    }

    internal sealed record Source(GatewayFigures First, GatewayFigures Last, long HeardAt);
}

/// <summary>The sums over gateways. Immutable.</summary>
internal sealed record WindowSums(SideFigures Monolith, SideFigures Grains, long Compared, long Different)
{
    internal static WindowSums None { get; } = new(SideFigures.None, SideFigures.None, 0, 0);

    internal WindowSums Plus(FigureWindow.Source source) => new(
        Monolith.Plus(source.Last.Monolith.Since(source.First.Monolith)),
        Grains.Plus(source.Last.Grains.Since(source.First.Grains)),
        Compared + source.Last.Compared - source.First.Compared,
        Different + Math.Max(0, source.Last.Different - source.First.Different));
}
