namespace OrleansShop.Cli.Gateway;

/// <summary>An answer of the gateway: read, and as it came.</summary>
internal sealed record Answer<T>(T Value, string Json);
