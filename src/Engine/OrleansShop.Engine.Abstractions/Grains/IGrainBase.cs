using Orleans.Runtime;

namespace Orleans;

/// <summary>What a grain class implements if it does not derive from <see cref="Grain"/>.</summary>
public interface IGrainBase
{
    /// <summary>The activation that this object is the grain of. Returned as it was given to the constructor.</summary>
    IGrainContext GrainContext { get; }

    /// <summary>Runs after the state was loaded and before the first call. An exception fails the calls that wait.</summary>
    Task OnActivateAsync(CancellationToken token) => Task.CompletedTask;

    /// <summary>Runs before the activation goes. Not when its silo crashes.</summary>
    Task OnDeactivateAsync(DeactivationReason reason, CancellationToken token) => Task.CompletedTask;
}
