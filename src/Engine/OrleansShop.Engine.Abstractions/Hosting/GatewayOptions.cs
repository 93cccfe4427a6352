namespace Orleans.Configuration;

/// <summary>How a client finds silos.</summary>
public class GatewayOptions
{
    /// <summary>The index if none is set: any.</summary>
    public const int DEFAULT_PREFERED_GATEWAY_INDEX = -1;

    /// <summary>How often the list of gateways is read. Default: 1 min.</summary>
    public TimeSpan GatewayListRefreshPeriod { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Which gateway of the list is tried first; -1 for any. Default: -1.</summary>
    public int PreferredGatewayIndex { get; set; } = DEFAULT_PREFERED_GATEWAY_INDEX;
}
