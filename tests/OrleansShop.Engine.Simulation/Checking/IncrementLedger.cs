using OrleansShop.Engine.Simulation.Storage;

namespace OrleansShop.Engine.Simulation.Checking;

/// <summary>What callers were promised: each acknowledged increment is in its counter's stored state once, each other at most once, and nothing else is.</summary>
internal sealed class IncrementLedger(Violations violations)
{
    private readonly Dictionary<long, (GrainId Grain, bool IsAcknowledged)> _increments = [];
    private long _last;

    /// <summary>How many were acknowledged.</summary>
    public int Acknowledged { get; private set; }

    /// <summary>How many were asked for.</summary>
    public int Asked => _increments.Count;

    /// <summary>An increment is asked for. Returns its number.</summary>
    public long Ask(GrainId grain)
    {
        _increments.Add(++_last, (grain, false));
        return _last;
    }

    /// <summary>An answer has come.</summary>
    public void Acknowledge(long asked, long answered)
    {
        if (asked != answered)
            violations.Add($"The caller of increment {asked} got the answer to {answered}.");
        else if (_increments[asked].IsAcknowledged)
            violations.Add($"Increment {asked} was answered twice.");
        _increments[asked] = _increments[asked] with { IsAcknowledged = true };
        Acknowledged++;
    }

    /// <summary>Compares what is stored with what was promised.</summary>
    public void Compare(IReadOnlyDictionary<GrainId, StoredState> states, Func<byte[], IReadOnlyList<long>> read)
    {
        var found = new HashSet<long>();
        foreach (var (grain, state) in states.OrderBy(state => state.Key))
        {
            foreach (var increment in state.Bytes is { } bytes ? read(bytes) : [])
            {
                if (!found.Add(increment))
                    violations.Add($"Increment {increment} of {grain} is stored twice.");
                if (!_increments.TryGetValue(increment, out var asked) || asked.Grain != grain)
                    violations.Add($"{grain} has stored increment {increment}, which nobody has asked of it.");
            }
        }

        foreach (var (increment, asked) in _increments)
        {
            if (asked.IsAcknowledged && !found.Contains(increment))
                violations.Add($"Increment {increment} of {asked.Grain} was acknowledged, and is not stored.");
        }
    }
}
