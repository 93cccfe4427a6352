namespace OrleansShop.Cli.Gateway;

/// <summary>An answer of the gateway: read, and as it came but for characters that a terminal obeys, which are escaped.</summary>
internal sealed record Answer<T>(T Value, string Json);
