using Orleans.Runtime;
using OrleansShop.Engine.Messaging.Frames;

namespace OrleansShop.Engine.Messaging.Connections;

/// <summary>Who this process is to others.</summary>
/// <param name="Role">Silo or client.</param>
/// <param name="ClusterId">The cluster.</param>
/// <param name="ServiceId">The service.</param>
/// <param name="Identity">The silo's address or the client's id, as text.</param>
internal sealed record LocalPeer(PeerRole Role, string ClusterId, string ServiceId, string Identity)
{
    /// <summary>The address of this silo; null in a client.</summary>
    public SiloAddress? Silo { get; } = Role == PeerRole.Silo ? SiloAddress.FromParsableString(Identity) : null;

    /// <summary>The hello of this process.</summary>
    public Hello Hello(long viewVersion) => new(Role, ClusterId, ServiceId, Identity, viewVersion);
}
