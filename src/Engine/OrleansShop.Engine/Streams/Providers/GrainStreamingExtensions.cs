using Orleans.Streams;
using OrleansShop.Engine.Streams.Providers;

namespace Orleans;

/// <summary>The way to streams in grains.</summary>
public static class GrainStreamingExtensions
{
    /// <summary>Returns a stream provider of the silo.</summary>
    /// <exception cref="KeyNotFoundException">There is none with that name.</exception>
    public static IStreamProvider GetStreamProvider(this Grain grain, string name)
    {
        ArgumentNullException.ThrowIfNull(grain);
        return ((IGrainBase)grain).GetStreamProvider(name);
    }

    /// <summary>Returns a stream provider of the silo.</summary>
    /// <exception cref="KeyNotFoundException">There is none with that name.</exception>
    public static IStreamProvider GetStreamProvider(this IGrainBase grain, string name)
    {
        ArgumentNullException.ThrowIfNull(grain);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return StreamProvider.Of(grain.GrainContext.ActivationServices, name);
    }
}
