namespace Orleans.Storage;

/// <summary>A provider is missing or badly configured.</summary>
[GenerateSerializer]
public sealed class BadProviderConfigException : Runtime.OrleansException
{
    /// <summary>Creates the exception with a general message.</summary>
    public BadProviderConfigException()
        : base("A provider is missing or badly configured.")
    {
    }

    /// <summary>Creates the exception.</summary>
    public BadProviderConfigException(string msg)
        : base(msg)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    public BadProviderConfigException(string msg, Exception exc)
        : base(msg, exc)
    {
    }
}
