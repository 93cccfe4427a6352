using System.Collections.Immutable;
using System.Net;
using Orleans.Runtime;
using OrleansShop.Engine.Manifest;
using OrleansShop.Engine.Membership.Protocol;
using OrleansShop.Engine.Placement;

namespace OrleansShop.Engine.Membership;

/// <summary>What the membership table says of one start of one silo. Its manifest comes along, so that a view is complete by itself.</summary>
/// <param name="Silo">Its address; the generation tells one start from another.</param>
/// <param name="Status">Joining, Active, ShuttingDown, Stopping if it was voted out, or Dead.</param>
/// <param name="SiloName">Its configured name.</param>
/// <param name="HostName">The machine.</param>
/// <param name="GatewayPort">Where clients connect, at the silo's IP address; 0 if it takes none.</param>
/// <param name="Hosts">The grain classes that it hosts.</param>
internal sealed record MembershipRow(
    SiloAddress Silo, SiloStatus Status, string SiloName, string HostName, int GatewayPort, ImmutableArray<KnownGrain> Hosts)
{
    /// <summary>Counts up while the silo lives. Not part of a view: a beat does not change the view's version.</summary>
    public long Heartbeat { get; init; }

    /// <summary>The nonce of the renewal that has set the heartbeat; 0 before the first. Not part of a view either.</summary>
    public long Nonce { get; init; }

    /// <summary>The view that the silo has acknowledged, and what it still drained then, as of its last renewal. Not part of a view either; null before the first.</summary>
    public Acknowledgement? Acknowledged { get; init; }

    /// <summary>Who cannot reach the silo, each once.</summary>
    public ImmutableArray<Suspicion> Suspicions { get; init; } = [];

    /// <summary>Whether the silo has left with none of its grains running. Only a dead silo's row can say so.</summary>
    public bool HasDrained { get; init; }

    /// <summary>The version of the table in which the row was last written, heartbeats aside.</summary>
    public long WrittenIn { get; init; }

    /// <summary>
    /// The version in which the last of the earlier generations at this endpoint, whose rows this one has replaced, was written; 0 if there was none.
    /// </summary>
    public long PredecessorEnded { get; init; }

    /// <summary>The version of an interface that the silo's class of a grain type implements; null if it does not host the type, 0 without a version.</summary>
    public ushort? VersionOf(GrainType type, GrainInterfaceType face)
    {
        var open = Ring.OpenTypeOf(type);
        foreach (var grain in Hosts)
        {
            if (grain.GrainType == open)
            {
                var openFace = TypeNaming.OpenNameOf(face);
                return grain.Interfaces.FirstOrDefault(known => known.Name == openFace).Version;
            }
        }

        return null;
    }

    /// <summary>Where clients connect, or null if the silo takes none.</summary>
    public IPEndPoint? Gateway => GatewayPort == 0 ? null : new IPEndPoint(Silo.Endpoint.Address, GatewayPort);

    /// <summary>Whether the silo may renew its lease: it is neither dead nor voted out.</summary>
    public bool MayRenew => Status is SiloStatus.Joining or SiloStatus.Active or SiloStatus.ShuttingDown;

    /// <summary>Whether grains may still run there: it is not dead, and it has been active. One that was voted out may run them until its lease is over.</summary>
    public bool MayRunGrains => Status is SiloStatus.Active or SiloStatus.ShuttingDown or SiloStatus.Stopping;
}
