using Orleans.Runtime;

namespace Orleans.Core.Internal;

/// <summary>Lets others end or move an activation.</summary>
public interface IGrainManagementExtension : IGrainExtension
{
    /// <summary>Lets the activation go once the running calls have ended.</summary>
    ValueTask DeactivateOnIdle();

    /// <summary>Lets the activation go once the running calls have ended.</summary>
    ValueTask DeactivateOnIdle(CancellationToken cancellationToken) => DeactivateOnIdle();

    /// <summary>Moves the activation once the running calls have ended.</summary>
    ValueTask MigrateOnIdle();

    /// <summary>Moves the activation once the running calls have ended.</summary>
    ValueTask MigrateOnIdle(CancellationToken cancellationToken) => MigrateOnIdle();
}
