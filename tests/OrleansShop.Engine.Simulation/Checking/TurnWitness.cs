using OrleansShop.Engine.Simulation.Tracing;
using OrleansShop.Engine.Storage;

namespace OrleansShop.Engine.Simulation.Checking;

/// <summary>
/// Sees each stretch of each turn of each grain. Once an activation has run one, no earlier activation of the grain may run another, anywhere.
/// </summary>
internal sealed class TurnWitness(Trace trace, Violations violations)
{
    private readonly Dictionary<GrainId, Tenure> _tenures = [];
    private int _activations;

    /// <summary>How many stretches of turns have been seen.</summary>
    public long Stretches { get; private set; }

    /// <summary>How many activations have run any.</summary>
    public int Activations => _activations;

    /// <summary>How often a write of an overtaken activation has arrived at storage and was taken, the silo of which had not crashed: its ETag was right, and nothing else was done since.</summary>
    public int LateWrites { get; private set; }

    /// <summary>Whether a silo has crashed, by the membership table.</summary>
    public Func<string, bool> HasCrashed { get; set; } = static _ => false;

    /// <summary>A grain object is made. It has run nothing yet.</summary>
    public Tenure Begin(GrainId grain, string silo, long fence) => new(grain, silo, fence);

    /// <summary>An activation runs.</summary>
    public void Runs(Tenure tenure, string what)
    {
        Stretches++;
        if (tenure.Number == 0)
        {
            tenure.Number = ++_activations;
            trace.Note(tenure.Silo, $"{tenure.Grain} is activated, fence {tenure.Fence}");
            _tenures[tenure.Grain] = tenure;
            return;
        }

        trace.Count(tenure.Number);
        var newest = _tenures[tenure.Grain];
        if (!ReferenceEquals(newest, tenure))
            violations.Add($"{tenure.Grain} runs on {tenure.Silo} ({what}), although it has run on {newest.Silo} since. The fences are {tenure.Fence} and {newest.Fence}.");
    }

    /// <summary>A write was taken.</summary>
    public void Written(GrainId grain, string silo, Fence fence)
    {
        if (!_tenures.TryGetValue(grain, out var newest) || newest.Silo == silo || newest.Fence <= fence.Number)
            return;
        if (HasCrashed(silo))
            violations.Add($"Storage has taken a write of {grain} from {silo}, which is dead, with fence {fence.Number}, although the grain has run on {newest.Silo} since, with fence {newest.Fence}.");
        else
            LateWrites++;
    }
}

/// <summary>One activation of a grain.</summary>
internal sealed class Tenure(GrainId grain, string silo, long fence)
{
    public GrainId Grain => grain;

    public string Silo => silo;

    /// <summary>Its fencing token.</summary>
    public long Fence => fence;

    /// <summary>The order of the activations that have run; 0 before the first stretch.</summary>
    public int Number { get; set; }
}
