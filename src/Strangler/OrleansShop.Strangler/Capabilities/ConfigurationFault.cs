namespace OrleansShop.Strangler.Capabilities;

/// <summary>One thing that is wrong in the configuration.</summary>
/// <param name="Key">The configuration key.</param>
/// <param name="Given">The value that it has, or null when it is missing.</param>
/// <param name="Wanted">What it should be.</param>
public sealed record ConfigurationFault(string Key, string? Given, string Wanted)
{
    /// <summary>The environment variable that sets the key.</summary>
    public string EnvironmentVariable => Key.Replace(":", "__", StringComparison.Ordinal);

    /// <inheritdoc />
    public override string ToString() =>
        $"{Key} (environment: {EnvironmentVariable}) is {(Given is null ? "missing" : $"'{Given}'")}; it must be {Wanted}.";
}
