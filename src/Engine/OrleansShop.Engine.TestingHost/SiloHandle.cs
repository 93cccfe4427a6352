using Orleans.Runtime;

namespace Orleans.TestingHost;

/// <summary>A silo of a test cluster.</summary>
public abstract class SiloHandle : IDisposable, IAsyncDisposable
{
    /// <summary>Disposes it.</summary>
    ~SiloHandle() => Dispose(disposing: false);

    /// <summary>The cluster's options; null for a silo of an <see cref="InProcessTestCluster"/>.</summary>
    public TestClusterOptions? ClusterOptions { get; set; }

    /// <summary>Its number in the cluster, from 0.</summary>
    public short InstanceNumber { get; set; }

    /// <summary>Its name.</summary>
    public string Name { get; set; } = "";

    /// <summary>Its address.</summary>
    public SiloAddress SiloAddress { get; set; } = SiloAddress.Zero;

    /// <summary>Where it takes clients.</summary>
    public SiloAddress GatewayAddress { get; set; } = SiloAddress.Zero;

    /// <summary>Whether it runs.</summary>
    public abstract bool IsActive { get; }

    /// <summary>Stops it: gracefully, or as a crash would.</summary>
    public abstract Task StopSiloAsync(bool stopGracefully);

    /// <summary>Stops it gracefully; once <paramref name="ct"/> is cancelled, without waiting for what still runs.</summary>
    public abstract Task StopSiloAsync(CancellationToken ct);

    /// <summary>Stops it: gracefully until <paramref name="cancellationToken"/> is cancelled and then without waiting for what still runs, or as a crash would.</summary>
    public virtual Task StopSiloAsync(bool stopGracefully, CancellationToken cancellationToken) =>
        stopGracefully ? StopSiloAsync(cancellationToken) : StopSiloAsync(stopGracefully: false);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {SiloAddress}";

    /// <summary>Releases what the silo holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }
}
