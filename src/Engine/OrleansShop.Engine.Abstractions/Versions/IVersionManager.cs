using Orleans.Runtime;
using Orleans.Versions.Compatibility;
using Orleans.Versions.Selector;

namespace Orleans;

/// <summary>Sets at run time how silos with different versions of grain interfaces work together.</summary>
public interface IVersionManager
{
    /// <summary>Sets which versions answer calls of which for all interfaces that have none of their own.</summary>
    /// <param name="strategy">The rule; null for what <see cref="Configuration.GrainVersioningOptions"/> says.</param>
    Task SetCompatibilityStrategy(CompatibilityStrategy? strategy);

    /// <summary>Sets which versions answer calls of which for one interface.</summary>
    /// <param name="interfaceType">The interface.</param>
    /// <param name="strategy">The rule; null for that of all interfaces.</param>
    Task SetCompatibilityStrategy(GrainInterfaceType interfaceType, CompatibilityStrategy? strategy);

    /// <summary>Sets which versions answer calls of which for all interfaces that have none of their own.</summary>
    /// <param name="strategy">The rule; null for what <see cref="Configuration.GrainVersioningOptions"/> says.</param>
    /// <param name="cancellationToken">Ends the waiting, not the change.</param>
    Task SetCompatibilityStrategy(CompatibilityStrategy? strategy, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested ? Task.FromCanceled(cancellationToken) : SetCompatibilityStrategy(strategy).WaitAsync(cancellationToken);

    /// <summary>Sets which versions answer calls of which for one interface.</summary>
    /// <param name="interfaceType">The interface.</param>
    /// <param name="strategy">The rule; null for that of all interfaces.</param>
    /// <param name="cancellationToken">Ends the waiting, not the change.</param>
    Task SetCompatibilityStrategy(GrainInterfaceType interfaceType, CompatibilityStrategy? strategy, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested ? Task.FromCanceled(cancellationToken) : SetCompatibilityStrategy(interfaceType, strategy).WaitAsync(cancellationToken);

    /// <summary>Sets which of the versions that answer a call a new activation has for all interfaces that have none of their own.</summary>
    /// <param name="strategy">The rule; null for what <see cref="Configuration.GrainVersioningOptions"/> says.</param>
    Task SetSelectorStrategy(VersionSelectorStrategy? strategy);

    /// <summary>Sets which of the versions that answer a call a new activation has for one interface.</summary>
    /// <param name="interfaceType">The interface.</param>
    /// <param name="strategy">The rule; null for that of all interfaces.</param>
    Task SetSelectorStrategy(GrainInterfaceType interfaceType, VersionSelectorStrategy? strategy);

    /// <summary>Sets which of the versions that answer a call a new activation has for all interfaces that have none of their own.</summary>
    /// <param name="strategy">The rule; null for what <see cref="Configuration.GrainVersioningOptions"/> says.</param>
    /// <param name="cancellationToken">Ends the waiting, not the change.</param>
    Task SetSelectorStrategy(VersionSelectorStrategy? strategy, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested ? Task.FromCanceled(cancellationToken) : SetSelectorStrategy(strategy).WaitAsync(cancellationToken);

    /// <summary>Sets which of the versions that answer a call a new activation has for one interface.</summary>
    /// <param name="interfaceType">The interface.</param>
    /// <param name="strategy">The rule; null for that of all interfaces.</param>
    /// <param name="cancellationToken">Ends the waiting, not the change.</param>
    Task SetSelectorStrategy(GrainInterfaceType interfaceType, VersionSelectorStrategy? strategy, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested ? Task.FromCanceled(cancellationToken) : SetSelectorStrategy(interfaceType, strategy).WaitAsync(cancellationToken);
}
