namespace OrleansShop.AppHost.Starting;

/// <summary>The system cannot start, for a reason that the person who started it can do something about. The message says what and where.</summary>
internal sealed class StartFailedException(string message, Exception? innerException = null) : Exception(message, innerException);
