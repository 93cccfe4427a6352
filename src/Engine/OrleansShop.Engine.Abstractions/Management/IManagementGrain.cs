namespace Orleans.Runtime;

/// <summary>
/// Looks into the silos of a cluster and tells them what to do; its key is 0. Where silos are named, null or none mean all active ones. A silo that is not there,
/// or does not answer within 10 seconds, fails the whole call with an exception that names it.
/// </summary>
public interface IManagementGrain : IGrainWithIntegerKey, IVersionManager
{
    /// <summary>The silos and their status.</summary>
    /// <param name="onlyActive">Whether only active silos are wanted, and not those that join, leave or are dead.</param>
    Task<Dictionary<SiloAddress, SiloStatus>> GetHosts(bool onlyActive = false);

    /// <summary>The membership rows of the silos. Their last sign of life is not filled in: it is a count here, not a time.</summary>
    /// <param name="onlyActive">Whether only active silos are wanted, and not those that join, leave or are dead.</param>
    Task<MembershipEntry[]> GetDetailedHosts(bool onlyActive = false);

    /// <summary>Runs the garbage collector on silos.</summary>
    Task ForceGarbageCollection(SiloAddress[] hostsIds);

    /// <summary>Deactivates the activations of silos that have been idle for <paramref name="ageLimit"/>, except those that are kept for good, and waits up to 8 seconds for their end.</summary>
    Task ForceActivationCollection(SiloAddress[] hostsIds, TimeSpan ageLimit);

    /// <summary>Deactivates the activations of all silos that have been idle for <paramref name="ageLimit"/>, except those that are kept for good, and waits up to 8 seconds for their end.</summary>
    Task ForceActivationCollection(TimeSpan ageLimit);

    /// <summary>Has silos measure themselves. <see cref="GetRuntimeStatistics"/> does that too.</summary>
    Task ForceRuntimeStatisticsCollection(SiloAddress[] siloAddresses);

    /// <summary>Measures silos, in the order in which they are named.</summary>
    Task<SiloRuntimeStatistics[]> GetRuntimeStatistics(SiloAddress[] hostsIds);

    /// <summary>The number of activations of each grain class on each silo.</summary>
    Task<SimpleGrainStatistic[]> GetSimpleGrainStatistics(SiloAddress[] hostsIds);

    /// <summary>The number of activations of each grain class on each active silo.</summary>
    Task<SimpleGrainStatistic[]> GetSimpleGrainStatistics();

    /// <summary>Every activation. Costs as much as there are activations, and has to fit into a message.</summary>
    /// <param name="types">The full names of the grain classes, or the names of the grain types, that are wanted; null for all.</param>
    /// <param name="hostsIds">The silos; null for all active ones.</param>
    Task<DetailedGrainStatistic[]> GetDetailedGrainStatistics(string[]? types = null, SiloAddress[]? hostsIds = null);

    /// <summary>How many activations a grain has: more than one only if it is a stateless worker.</summary>
    Task<int> GetGrainActivationCount(GrainReference grainReference);

    /// <summary>How many activations there are on all active silos.</summary>
    Task<int> GetTotalActivationCount();

    /// <summary>Has a provider carry out a command on every active silo.</summary>
    /// <typeparam name="T">The type that the provider is registered as.</typeparam>
    /// <param name="providerName">The key that the provider is registered under.</param>
    /// <param name="command">A number whose meaning is the provider's own.</param>
    /// <param name="arg">What the command needs; serializable.</param>
    /// <returns>What each silo's provider gave.</returns>
    Task<object?[]> SendControlCommandToProvider<T>(string providerName, int command, object? arg = null);

    /// <summary>The silo that a grain is active on; null if it is not active.</summary>
    ValueTask<SiloAddress?> GetActivationAddress(IAddressable reference);

    /// <summary>The grains of a type that are active, on all active silos.</summary>
    ValueTask<List<GrainId>> GetActiveGrains(GrainType type);
}
