namespace Orleans.Runtime;

/// <summary>A sequence from a grain ended early: the grain is gone, or nobody asked for more in time.</summary>
[GenerateSerializer]
public sealed class EnumerationAbortedException : Exception
{
    /// <summary>Creates the exception with a general message.</summary>
    public EnumerationAbortedException()
        : base("A sequence from a grain ended early: the grain is gone, or nobody asked for more in time.")
    {
    }

    /// <summary>Creates the exception.</summary>
    public EnumerationAbortedException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    public EnumerationAbortedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
