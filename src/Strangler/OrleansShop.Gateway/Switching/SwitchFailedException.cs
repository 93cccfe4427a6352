namespace OrleansShop.Gateway.Switching;

/// <summary>A step of a switch could not be done. The message is for the operator.</summary>
internal sealed class SwitchFailedException(string message, Exception? innerException = null) : Exception(message, innerException);
