using Orleans;
using Orleans.Runtime;

namespace OrleansShop.Engine.Versions;

/// <summary>What silos tell each other of the rules about versions.</summary>
[ResponseTimeout("00:00:10")]
internal interface IVersionControl : ISystemTarget
{
    /// <summary>What the silo has taken over. From then on it counts the asker among those that are told of changes, whether its view shows it or not.</summary>
    ValueTask<VersionStrategies> Ask(SiloAddress asker);

    /// <summary>Has the silo take over what was set.</summary>
    ValueTask Take(VersionStrategies strategies);
}
