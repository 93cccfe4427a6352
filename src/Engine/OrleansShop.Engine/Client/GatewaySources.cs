using System.Net;
using Orleans.Messaging;
using OrleansShop.Engine.Membership;

namespace OrleansShop.Engine.Client;

/// <summary>The gateways of the membership table that the silos use too.</summary>
internal sealed class TableGateways(IViewTable table) : IGatewaySource
{
    public async Task<IReadOnlyList<IPEndPoint>> Find(CancellationToken cancellationToken)
    {
        var view = await table.Read(cancellationToken);
        return [.. view.Active.Select(row => row.Gateway).OfType<IPEndPoint>()];
    }
}

/// <summary>The gateways of a list provider, such as the configured static list.</summary>
internal sealed class ListedGateways(IGatewayListProvider provider) : IGatewaySource
{
    private bool _isInitialized;

    public async Task<IReadOnlyList<IPEndPoint>> Find(CancellationToken cancellationToken)
    {
        if (!_isInitialized)
            await provider.InitializeGatewayListProvider();
        _isInitialized = true;
        var found = new List<IPEndPoint>();
        foreach (var uri in await provider.GetGateways())
            found.AddRange(await GatewayUri.Resolve(uri, cancellationToken));
        return found;
    }
}
