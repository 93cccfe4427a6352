using Orleans;
using Orleans.Runtime;

namespace OrleansShop.Engine.Management;

/// <summary>What the management grain asks of each silo. The caller waits less long than the management grain's own caller, who so learns which silo did not answer.</summary>
[ResponseTimeout("00:00:10")]
internal interface ISiloControl : ISystemTarget
{
    ValueTask<SiloRuntimeStatistics> Measure();

    ValueTask<SimpleGrainStatistic[]> CountByClass();

    ValueTask<DetailedGrainStatistic[]> List(string[]? types);

    ValueTask<int> CountAll();

    ValueTask<int> Count(GrainId grain);

    ValueTask<List<GrainId>> ActiveGrains(GrainType type);

    ValueTask CollectActivations(TimeSpan age);

    ValueTask CollectGarbage();

    /// <summary>Cancels the grain cancellation tokens with this id that the grain, a stateless worker, has on the silo.</summary>
    Task CancelToken(GrainId grain, Guid token);

    ValueTask<object?> Control(string providerType, string providerName, int command, object? arg);
}
