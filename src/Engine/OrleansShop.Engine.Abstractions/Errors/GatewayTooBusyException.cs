namespace Orleans.Runtime;

/// <summary>The silo takes no more calls from clients at the moment.</summary>
[GenerateSerializer]
public sealed class GatewayTooBusyException : OrleansException
{
    /// <summary>Creates the exception with a general message.</summary>
    public GatewayTooBusyException()
        : base("The silo takes no more calls from clients at the moment.")
    {
    }

    /// <summary>Creates the exception.</summary>
    public GatewayTooBusyException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    public GatewayTooBusyException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
