using Orleans.Metadata;
using Orleans.Runtime;

namespace Orleans;

/// <summary>Names the grain type of a class, instead of the name that its class name gives.</summary>
/// <param name="grainType">The grain type.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public sealed class GrainTypeAttribute(string grainType) : Attribute, IGrainTypeProviderAttribute
{
    private readonly string _grainType = grainType;

    /// <inheritdoc/>
    public GrainType GetGrainType(IServiceProvider services, Type type) => GrainType.Create(_grainType);
}
