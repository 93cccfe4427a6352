namespace Orleans.Serialization;

/// <summary>Which exceptions without a generated codec are rebuilt from payloads as what they were.</summary>
public sealed class ExceptionSerializationOptions
{
    /// <summary>
    /// The namespaces, with all below them, whose exception types a payload may create: <c>Microsoft</c>, <c>System</c>, <c>Azure</c> and
    /// <c>Orleans</c> by default. Exceptions of assemblies that hold serializable types or grains are allowed in any case; all others
    /// arrive as an <see cref="UnavailableExceptionFallbackException"/>.
    /// </summary>
    public HashSet<string> SupportedNamespacePrefixes { get; } = new(["Microsoft", "System", "Azure", "Orleans"], StringComparer.Ordinal);
}
