namespace OrleansShop.Gateway.Settings;

/// <summary>What the gateway is in front of, and where it keeps what it must not forget. Section <c>Gateway</c>.</summary>
internal sealed record GatewayOptions
{
    public const string Section = "Gateway";

    /// <summary>
    /// The addresses of the monolith's processes, separated by ';'. Default <c>http://127.0.0.1:9966</c>, the port that the Pet Clinic is known by.
    /// </summary>
    public string Monolith { get; init; } = "http://127.0.0.1:9966";

    /// <summary>
    /// The folder that the phases are kept in; created when missing. It must outlive the process: a gateway that starts without it sends every capability
    /// to the monolith. One gateway per folder. Default <c>data/gateway</c> below the working directory.
    /// </summary>
    public string DataFolder { get; init; } = "data/gateway";

    /// <summary>
    /// The secret that callers of <c>/admin</c> present as a bearer token or in the header <c>X-Admin-Key</c>. Default none: then only
    /// callers on the same machine are let in. A gateway behind a proxy on its own machine needs a key.
    /// </summary>
    public string AdminKey { get; init; } = "";
}
