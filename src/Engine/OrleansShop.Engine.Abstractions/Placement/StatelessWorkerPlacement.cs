using System.Globalization;

namespace Orleans.Runtime;

/// <summary>The caller's silo, several activations of one id at a time.</summary>
internal sealed class StatelessWorkerPlacement(int maxLocal, bool removeIdleWorkers = true) : PlacementStrategy
{
    private const string MaxLocalKey = "max-local-instances";
    private const string RemoveIdleKey = "remove-idle-workers";

    public StatelessWorkerPlacement()
        : this(Environment.ProcessorCount)
    {
    }

    /// <summary>How many activations of one id a silo may have.</summary>
    public int MaxLocal { get; private set; } = maxLocal > 0
        ? maxLocal
        : throw new ArgumentOutOfRangeException(nameof(maxLocal), maxLocal, "A stateless worker needs at least one activation.");

    /// <summary>Whether activations without work go before the usual idle time is over.</summary>
    public bool RemoveIdleWorkers { get; private set; } = removeIdleWorkers;

    /// <inheritdoc/>
    public override bool IsUsingGrainDirectory => false;

    /// <inheritdoc/>
    public override void Initialize(Metadata.GrainProperties properties)
    {
        base.Initialize(properties);
        if (properties.Properties.TryGetValue(MaxLocalKey, out var maxLocalText))
            MaxLocal = int.Parse(maxLocalText, CultureInfo.InvariantCulture);
        if (properties.Properties.TryGetValue(RemoveIdleKey, out var removeIdleText))
            RemoveIdleWorkers = bool.Parse(removeIdleText);
    }

    /// <inheritdoc/>
    public override void PopulateGrainProperties(IServiceProvider services, Type grainClass, GrainType grainType, Dictionary<string, string> properties)
    {
        base.PopulateGrainProperties(services, grainClass, grainType, properties);
        properties[MaxLocalKey] = MaxLocal.ToString(CultureInfo.InvariantCulture);
        properties[RemoveIdleKey] = RemoveIdleWorkers.ToString();
    }
}
