namespace OrleansShop.Gateway.Forwarding;

/// <summary>No connection could be made, so nothing was sent and the request may go elsewhere.</summary>
internal sealed class ConnectFailedException(string message, Exception? innerException) : Exception(message, innerException);
