using Orleans.Concurrency;

namespace OrleansShop.Strangler.Rollout;

/// <summary>The part of a capability's grain that moves it from step to step by itself.</summary>
[Alias("OrleansShop.Strangler.ICapabilityRollout")]
public interface ICapabilityRollout : IGrainWithStringKey
{
    /// <summary>Starts a rollout from wherever the capability stands. Refused while one is under way.</summary>
    Task<RolloutAnswer> StartRolloutAsync(RolloutOrder order);

    /// <summary>Ends the rollout that runs; the capability stays where it is. Refused when none runs.</summary>
    Task<RolloutAnswer> StopRolloutAsync(RolloutOrder order);

    /// <summary>How the rollout stands, or how the last one ended; null if there never was one. What it says is stored, but for what it waits for.</summary>
    [AlwaysInterleave]
    Task<RolloutStatus?> GetRolloutAsync();

    /// <summary>Takes what a gateway has counted. What does not fit the capability's epoch does not count.</summary>
    [AlwaysInterleave]
    Task ReportAsync(GatewayFigures figures);
}
