using System.Collections.Concurrent;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrleansShop.Engine.Placement;
using OrleansShop.Strangler.Keys;

namespace OrleansShop.ServiceDefaults.Silos;

/// <summary>
/// Owners by the ring, computed in this process. A client of the cluster brings the views; it has a host of its own, so that a cluster that is not there keeps nobody
/// from starting, and so that nothing else of this process becomes a part of it.
/// </summary>
internal sealed partial class ClusterGrainOwners(SiloSettings settings, IConfiguration configuration, ILoggerFactory loggers, TimeProvider time) : BackgroundService, IGrainOwners
{
    private readonly ConcurrentDictionary<string, GrainType> _types = new(StringComparer.Ordinal);
    private readonly ILogger _logger = loggers.CreateLogger<ClusterGrainOwners>();
    private volatile IGrainLocation? _location;

    /// <remarks>Hot path: a dictionary read for the type, the bytes of the key, and the ring's own three reads.</remarks>
    public SiloAddress? FindOwner(string grainType, KeyType keyType, EntityId id)
    {
        if (_location is not { } location) return null;
        var type = _types.GetOrAdd(grainType, static name => GrainType.Create(name));
        return location.TryGetOwner(GrainId.Create(type, KeyOf(keyType, id)), out var owner) ? owner : null;
    }

    private static IdSpan KeyOf(KeyType keyType, EntityId id) => keyType switch
    {
        KeyType.Integer => GrainIdKeyExtensions.CreateIntegerKey((long)id),
        KeyType.Text => IdSpan.Create(id.ToString()),
        _ => GrainIdKeyExtensions.CreateGuidKey(Guid.ParseExact(id.ToString(), "D")),
    };

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var host = NewClient();
        try
        {
            await host.StartAsync(stoppingToken);
            _location = host.Services.GetRequiredService<IGrainLocation>();
            LogFollowing(settings.ClusterId);
            await Task.Delay(Timeout.InfiniteTimeSpan, time, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process stops.
        }
        finally
        {
            _location = null;
            await host.StopAsync(CancellationToken.None);
        }
    }

    private IHost NewClient()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddConfiguration(configuration);
        builder.Services.AddSingleton(loggers);
        builder.Services.AddSingleton(time);
        builder.UseOrleansClient(client =>
        {
            SiloEngine.ConfigureClient(client, settings);
            client.UseConnectionRetryFilter(new RetryForEver(time));
        });
        return builder.Build();
    }

    [LoggerMessage(1920, LogLevel.Information, "Following the views of cluster {ClusterId}: requests can be sent to the owner of their entity")]
    private partial void LogFollowing(string clusterId);

    /// <summary>The cluster may be started long after this process, or never: its absence costs one look every few seconds.</summary>
    private sealed class RetryForEver(TimeProvider time) : IClientConnectionRetryFilter
    {
        private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);
        private TimeSpan _pause = TimeSpan.FromMilliseconds(500);

        public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
        {
            await Task.Delay(_pause, time, cancellationToken);
            _pause = _pause * 2 < Longest ? _pause * 2 : Longest;
            return true;
        }
    }
}
