using Orleans;

namespace OrleansShop.Engine.Versions;

/// <summary>Where the rules about versions are changed, one change after the other. There is one, with the key 0, and only when something is changed.</summary>
internal interface IVersionStrategiesGrain : IGrainWithIntegerKey
{
    /// <summary>Sets which versions answer calls of which.</summary>
    /// <param name="face">The name of an interface; null for all.</param>
    /// <param name="strategy">The name of the rule; null for none.</param>
    Task SetCompatibility(string? face, string? strategy);

    /// <summary>Sets which version a new activation has.</summary>
    /// <param name="face">The name of an interface; null for all.</param>
    /// <param name="strategy">The name of the rule; null for none.</param>
    Task SetSelector(string? face, string? strategy);
}
