using Orleans.Streams;
using OrleansShop.Engine.Streams.Providers;

namespace Orleans;

/// <summary>The way to streams outside of grains.</summary>
public static class ClientStreamingExtensions
{
    /// <summary>Returns a stream provider of the client, or of the silo in whose process it is.</summary>
    /// <exception cref="KeyNotFoundException">There is none with that name.</exception>
    public static IStreamProvider GetStreamProvider(this IClusterClient client, string name)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return StreamProvider.Of(client.ServiceProvider, name);
    }
}
