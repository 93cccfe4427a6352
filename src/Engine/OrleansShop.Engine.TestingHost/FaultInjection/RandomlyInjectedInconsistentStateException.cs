using Orleans.Storage;

namespace Orleans.TestingHost;

/// <summary>A lost race for a state that a test has injected.</summary>
[GenerateSerializer]
public sealed class RandomlyInjectedInconsistentStateException : InconsistentStateException
{
    /// <summary>Creates the exception.</summary>
    public RandomlyInjectedInconsistentStateException()
        : base("A test injected this lost race for a state.")
    {
    }
}
