using Microsoft.AspNetCore.Builder;

namespace OrleansShop.ServiceDefaults.Silos;

/// <summary>Adds what tells owners of grains to a process that has no silo.</summary>
public static class OwnersSetup
{
    /// <summary>
    /// Adds an <see cref="IGrainOwners"/>. On the built-in engine the process becomes a client of the cluster of <paramref name="settings"/>, which it looks for without holding up the start;
    /// a cluster in memory is in no other process, so that nothing is looked for. On the official engine, where only a directory in the cluster knows where grains are, no owner is ever known.
    /// </summary>
    public static WebApplicationBuilder AddGrainOwners(this WebApplicationBuilder builder, SiloSettings settings)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(settings);
        SiloEngine.AddGrainOwners(builder.Services, settings);
        return builder;
    }
}
