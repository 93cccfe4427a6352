namespace Orleans.Runtime;

/// <summary>A limit is exceeded.</summary>
[GenerateSerializer]
public sealed class LimitExceededException : OrleansException
{
    /// <summary>Creates the exception with a general message.</summary>
    public LimitExceededException()
        : base("A limit is exceeded.")
    {
    }

    /// <summary>Creates the exception.</summary>
    public LimitExceededException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    public LimitExceededException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates the exception for a named limit.</summary>
    public LimitExceededException(string limitName, int current, int threshold, object extraInfo)
        : base($"Limit {limitName} exceeded: {current} is over {threshold}. {extraInfo}")
    {
    }
}
