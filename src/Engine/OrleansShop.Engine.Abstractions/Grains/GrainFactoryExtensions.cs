using Orleans.Runtime;

namespace Orleans;

/// <summary>References from encoded keys.</summary>
public static class GrainFactoryExtensions
{
    /// <summary>Returns a reference to the grain with this encoded key.</summary>
    public static TGrainInterface GetGrain<TGrainInterface>(this IGrainFactory grainFactory, IdSpan grainPrimaryKey)
        where TGrainInterface : IGrain => (TGrainInterface)grainFactory.GetGrain(typeof(TGrainInterface), grainPrimaryKey);

    /// <summary>Returns a reference to the grain with this encoded key, of the class that the prefix chooses.</summary>
    public static TGrainInterface GetGrain<TGrainInterface>(this IGrainFactory grainFactory, IdSpan grainPrimaryKey, string grainClassNamePrefix)
        where TGrainInterface : IGrain => (TGrainInterface)grainFactory.GetGrain(typeof(TGrainInterface), grainPrimaryKey, grainClassNamePrefix);
}
