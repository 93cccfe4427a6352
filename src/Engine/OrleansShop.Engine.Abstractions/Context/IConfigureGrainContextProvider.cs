using System.Diagnostics.CodeAnalysis;
using Orleans.Metadata;

namespace Orleans.Runtime;

/// <summary>Says what prepares the activations of a grain type. Register any number as services of the silo; each is asked once for each grain type, before its first activation.</summary>
public interface IConfigureGrainContextProvider
{
    /// <summary>Returns what prepares activations of a grain type; false if nothing does.</summary>
    /// <param name="grainType">The grain type.</param>
    /// <param name="properties">What the attributes of its class say.</param>
    /// <param name="configurator">What prepares its activations.</param>
    bool TryGetConfigurator(GrainType grainType, GrainProperties properties, [NotNullWhen(true)] out IConfigureGrainContext? configurator);
}
