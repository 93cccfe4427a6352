namespace OrleansShop.Cli.Gateway;

/// <summary>Nothing answers at the gateway's address, or something that is no gateway does.</summary>
internal sealed class GatewayUnreachableException(string message, Exception? innerException = null) : Exception(message, innerException);
