namespace Orleans.Streams;

/// <summary>Which way events go through a queue adapter.</summary>
public enum StreamProviderDirection
{
    /// <summary>Neither.</summary>
    None = 0,

    /// <summary>Events are only taken out.</summary>
    ReadOnly = 1,

    /// <summary>Events are only put in.</summary>
    WriteOnly = 2,

    /// <summary>Both.</summary>
    ReadWrite = 3,
}
