namespace OrleansShop.Strangler.Switching;

/// <summary>The body of an import or export request.</summary>
/// <param name="By">Who asked for it, for the history; at most 200 characters.</param>
public sealed record SwitchRequest(string By)
{
    /// <summary>The header that carries the admin key.</summary>
    public const string AdminKeyHeader = "X-Strangler-Key";

    /// <summary>The configuration key of the admin key. Without it the endpoints ask for none.</summary>
    public const string AdminKeyKey = "Strangler:AdminKey";
}
