using Orleans.Runtime;
using Orleans.Versions.Compatibility;
using Orleans.Versions.Selector;

namespace Orleans.Versions;

/// <summary>
/// Keeps what was set through <see cref="IVersionManager"/> beyond the life of the cluster. A cluster reads it when it starts, and writes it on every change. Without another that the application
/// registers, it is the grain storage with the name <c>VersionStore</c>.
/// </summary>
public interface IVersionStore : IVersionManager
{
    /// <summary>Whether anything is kept. If not, what was set lasts as long as any silo of the cluster.</summary>
    bool IsEnabled { get; }

    /// <summary>Returns which versions answer calls of which for all interfaces that have none of their own; null if none was set.</summary>
    Task<CompatibilityStrategy?> GetCompatibilityStrategy();

    /// <summary>Returns which versions answer calls of which for all interfaces that have none of their own; null if none was set.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    Task<CompatibilityStrategy?> GetCompatibilityStrategy(CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested ? Task.FromCanceled<CompatibilityStrategy?>(cancellationToken) : GetCompatibilityStrategy().WaitAsync(cancellationToken);

    /// <summary>Returns which versions answer calls of which for the interfaces for which it was set.</summary>
    Task<Dictionary<GrainInterfaceType, CompatibilityStrategy>> GetCompatibilityStrategies();

    /// <summary>Returns which versions answer calls of which for the interfaces for which it was set.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    Task<Dictionary<GrainInterfaceType, CompatibilityStrategy>> GetCompatibilityStrategies(CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested ? Task.FromCanceled<Dictionary<GrainInterfaceType, CompatibilityStrategy>>(cancellationToken) : GetCompatibilityStrategies().WaitAsync(cancellationToken);

    /// <summary>Returns which of the versions that answer a call a new activation has for all interfaces that have none of their own; null if none was set.</summary>
    Task<VersionSelectorStrategy?> GetSelectorStrategy();

    /// <summary>Returns which of the versions that answer a call a new activation has for all interfaces that have none of their own; null if none was set.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    Task<VersionSelectorStrategy?> GetSelectorStrategy(CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested ? Task.FromCanceled<VersionSelectorStrategy?>(cancellationToken) : GetSelectorStrategy().WaitAsync(cancellationToken);

    /// <summary>Returns which of the versions that answer a call a new activation has for the interfaces for which it was set.</summary>
    Task<Dictionary<GrainInterfaceType, VersionSelectorStrategy>> GetSelectorStrategies();

    /// <summary>Returns which of the versions that answer a call a new activation has for the interfaces for which it was set.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    Task<Dictionary<GrainInterfaceType, VersionSelectorStrategy>> GetSelectorStrategies(CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested ? Task.FromCanceled<Dictionary<GrainInterfaceType, VersionSelectorStrategy>>(cancellationToken) : GetSelectorStrategies().WaitAsync(cancellationToken);
}
