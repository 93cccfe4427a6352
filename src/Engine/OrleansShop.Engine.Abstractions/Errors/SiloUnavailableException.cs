namespace Orleans.Runtime;

/// <summary>The silo that the call went to cannot be reached or is gone. Whether the call was executed is not known.</summary>
[GenerateSerializer]
public sealed class SiloUnavailableException : OrleansMessageRejectionException
{
    /// <summary>Creates the exception with a general message.</summary>
    public SiloUnavailableException()
        : base("The silo that the call went to cannot be reached or is gone.")
    {
    }

    /// <summary>Creates the exception.</summary>
    public SiloUnavailableException(string msg)
        : base(msg)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    public SiloUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
