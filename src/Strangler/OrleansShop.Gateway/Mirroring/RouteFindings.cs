namespace OrleansShop.Gateway.Mirroring;

/// <summary>What comparing has found on one route since the capability entered Shadow. Thread-safe.</summary>
internal sealed class RouteFindings(string route)
{
    private const int MaxExamples = 20;
    private const int MaxNoisePaths = 50;

    private readonly Lock _gate = new();

    // All guarded by _gate.
    private readonly List<DifferenceExample> _examples = [];
    private readonly SortedDictionary<string, long> _noise = new(StringComparer.Ordinal);
    private DateTimeOffset _since;
    private long _compared;
    private long _different;
    private long _failed;

    public void Compared(DateTimeOffset since, DifferenceExample? example, IEnumerable<string> noise)
    {
        lock (_gate)
        {
            Begin(since);
            _compared++;
            foreach (var path in noise)
            {
                if (_noise.Count < MaxNoisePaths || _noise.ContainsKey(path)) _noise[path] = _noise.GetValueOrDefault(path) + 1;
            }

            if (example is null) return;
            _different++;
            if (_examples.Count < MaxExamples) _examples.Add(example);
        }
    }

    public void Failed(DateTimeOffset since)
    {
        lock (_gate)
        {
            Begin(since);
            _failed++;
        }
    }

    public RouteDifferences Report()
    {
        lock (_gate)
        {
            return new RouteDifferences(route, _compared, _different, _failed, new SortedDictionary<string, long>(_noise, StringComparer.Ordinal), [.. _examples]);
        }
    }

    /// <summary>What was found in an earlier Shadow says nothing about this one.</summary>
    private void Begin(DateTimeOffset since)
    {
        if (since == _since) return;
        _since = since;
        (_compared, _different, _failed) = (0, 0, 0);
        _examples.Clear();
        _noise.Clear();
    }
}

/// <summary>What comparing both sides' answers has found, at this gateway, since the capability entered Shadow.</summary>
/// <param name="Capability">The capability.</param>
/// <param name="Dropped">How many samples were not compared, because too many were waiting or the answer was too large, since this gateway started.</param>
/// <param name="Routes">The routes of which something was compared.</param>
internal sealed record DifferencesAnswer(string Capability, long Dropped, IReadOnlyList<RouteDifferences> Routes);

/// <summary>What was found on one route.</summary>
/// <param name="Route">The path template.</param>
/// <param name="Compared">How many answers were compared.</param>
/// <param name="Different">How many of them differed.</param>
/// <param name="Failed">How many could not be compared, because a side did not answer.</param>
/// <param name="Noise">The paths in which the monolith differed from itself when it was asked twice, and how often. They were not counted.</param>
/// <param name="Examples">The first differences.</param>
internal sealed record RouteDifferences(string Route, long Compared, long Different, long Failed, IReadOnlyDictionary<string, long> Noise, IReadOnlyList<DifferenceExample> Examples);

/// <summary>One answer that differed.</summary>
/// <param name="Target">Path and query of the request.</param>
/// <param name="At">When, in UTC.</param>
/// <param name="MonolithStatus">The monolith's status.</param>
/// <param name="ServiceStatus">The service's status.</param>
/// <param name="Differences">Where the bodies differ, with shortened values.</param>
internal sealed record DifferenceExample(string Target, DateTimeOffset At, int MonolithStatus, int ServiceStatus, IReadOnlyList<JsonDifference> Differences);
