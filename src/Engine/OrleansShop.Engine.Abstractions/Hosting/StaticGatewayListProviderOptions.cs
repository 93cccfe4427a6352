namespace Orleans.Configuration;

/// <summary>The gateways of a client that are known beforehand.</summary>
public class StaticGatewayListProviderOptions
{
    /// <summary>Gateways as <c>gwy.tcp://ip:port/0</c>. Default: none.</summary>
    public List<Uri> Gateways { get; set; } = [];
}
