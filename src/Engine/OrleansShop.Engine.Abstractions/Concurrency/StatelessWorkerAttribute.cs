using Orleans.Metadata;
using Orleans.Placement;
using Orleans.Runtime;

namespace Orleans.Concurrency;

/// <summary>Calls run on the caller's silo, in several activations of one id at a time. For work without state.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class StatelessWorkerAttribute : PlacementAttribute, IGrainPropertiesProviderAttribute
{
    /// <summary>Allows as many activations of one id on a silo as it has processors.</summary>
    public StatelessWorkerAttribute()
        : base(new StatelessWorkerPlacement())
    {
    }

    /// <summary>Allows this many activations of one id on a silo.</summary>
    public StatelessWorkerAttribute(int maxLocalWorkers)
        : base(new StatelessWorkerPlacement(maxLocalWorkers))
    {
    }

    /// <summary>Allows this many activations of one id on a silo, and says whether those without work go early.</summary>
    public StatelessWorkerAttribute(int maxLocalWorkers, bool removeIdleWorkers)
        : base(new StatelessWorkerPlacement(maxLocalWorkers, removeIdleWorkers))
    {
    }

    /// <inheritdoc/>
    public override void Populate(IServiceProvider services, Type grainClass, GrainType grainType, Dictionary<string, string> properties) =>
        base.Populate(services, grainClass, grainType, properties);
}
