namespace Orleans.Runtime;

/// <summary>The stages of a silo, see <see cref="ServiceLifecycleStage"/>.</summary>
public interface ISiloLifecycle : ILifecycleObservable
{
    /// <summary>The last stage whose start is complete.</summary>
    int HighestCompletedStage { get; }

    /// <summary>The last stage whose stop is complete.</summary>
    int LowestStoppedStage { get; }
}
