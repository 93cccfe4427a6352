using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Hosting;
using OrleansShop.Engine.Client;
using OrleansShop.Engine.Membership;

namespace OrleansShop.Engine.Hosting;

/// <summary>Clustering that only the built-in engine has.</summary>
public static class ClusteringExtensions
{
    /// <summary>
    /// Clusters the silos of processes on one machine through a file that they share. The silos keep their rows in it; a lock file
    /// beside it lets one write at a time.
    /// </summary>
    /// <param name="builder">The silo.</param>
    /// <param name="path">The file; its folder is made if need be. One file for each cluster. Not on a network share.</param>
    public static ISiloBuilder UseFileClustering(this ISiloBuilder builder, string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ClusterServices.AddSilo(builder.Services, provider => FileTable(provider, path));
        return builder;
    }

    /// <summary>Connects to the silos that share the file with <see cref="UseFileClustering(ISiloBuilder, string)"/>.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="path">The file.</param>
    public static IClientBuilder UseFileClustering(this IClientBuilder builder, string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        builder.Services.Replace(ServiceDescriptor.Singleton<IGatewaySource>(provider => new TableGateways(FileTable(provider, path))));
        return builder;
    }

    /// <summary>Clusters the silos of this process that have the same cluster id. A silo that is alone needs no more.</summary>
    /// <param name="builder">The silo.</param>
    public static ISiloBuilder UseMemoryClustering(this ISiloBuilder builder)
    {
        ClusterServices.AddSilo(builder.Services, static provider => MemoryViewTable.Of(provider.GetRequiredService<IOptions<ClusterOptions>>().Value.ClusterId));
        return builder;
    }

    private static FileViewTable FileTable(IServiceProvider provider, string path) =>
        new(path, provider.GetRequiredService<IOptions<ClusterOptions>>().Value.ClusterId, provider.GetRequiredService<TimeProvider>());
}
