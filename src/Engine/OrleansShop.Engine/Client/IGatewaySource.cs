using System.Net;

namespace OrleansShop.Engine.Client;

/// <summary>Names the gateways that a client may begin with. It needs one that answers; the view names the others.</summary>
internal interface IGatewaySource
{
    /// <summary>The gateways known now; may be empty while no silo has started.</summary>
    Task<IReadOnlyList<IPEndPoint>> Find(CancellationToken cancellationToken);
}
