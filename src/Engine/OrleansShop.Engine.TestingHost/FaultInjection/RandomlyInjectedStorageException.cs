namespace Orleans.TestingHost;

/// <summary>A fault of storage that a test has injected.</summary>
[GenerateSerializer]
public sealed class RandomlyInjectedStorageException : Exception
{
    /// <summary>Creates the exception.</summary>
    public RandomlyInjectedStorageException()
        : base("A test injected this fault of storage.")
    {
    }
}
