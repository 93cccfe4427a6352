namespace OrleansShop.Engine.Messaging.Transport;

/// <summary>Nothing listens at the endpoint: its host answered and refused, so the process that once listened there is gone.</summary>
internal sealed class ConnectionRefusedException : IOException
{
    public ConnectionRefusedException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
