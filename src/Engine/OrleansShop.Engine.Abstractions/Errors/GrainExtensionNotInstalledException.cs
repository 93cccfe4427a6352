namespace Orleans.Runtime;

/// <summary>The grain has no such extension.</summary>
[GenerateSerializer]
public sealed class GrainExtensionNotInstalledException : OrleansException
{
    /// <summary>Creates the exception with a general message.</summary>
    public GrainExtensionNotInstalledException()
        : base("The grain has no such extension.")
    {
    }

    /// <summary>Creates the exception.</summary>
    public GrainExtensionNotInstalledException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    public GrainExtensionNotInstalledException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
