using Orleans.Runtime;

namespace Orleans.Metadata;

/// <summary>An attribute that binds a grain class to something.</summary>
public interface IGrainBindingsProviderAttribute
{
    /// <summary>Returns the bindings; the keys are in <see cref="WellKnownGrainTypeProperties"/>.</summary>
    IEnumerable<Dictionary<string, string?>> GetBindings(IServiceProvider services, Type grainClass, GrainType grainType);
}
