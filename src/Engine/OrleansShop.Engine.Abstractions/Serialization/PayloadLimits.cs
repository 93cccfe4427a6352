namespace OrleansShop.Engine.Serialization;

/// <summary>What a payload may ask of its reader and writer. At a limit a <see cref="PayloadException"/> is thrown.</summary>
public sealed record PayloadLimits
{
    /// <summary>The limits that hold where nothing else is said.</summary>
    public static PayloadLimits Default { get; } = new();

    /// <summary>
    /// How deep objects nest, 1 to 2,048; 128 by default. Each level costs some hundred bytes of stack, and a thread has at least 1.5 MB.
    /// A chain of objects is as deep as it is long: put long chains into a list.
    /// </summary>
    public int MaxDepth { get; init; } = 128;

    /// <summary>The largest payload that is written, in bytes; 100 MiB by default, as large as a message may be.</summary>
    public int MaxPayloadBytes { get; init; } = 100 * 1024 * 1024;

    /// <summary>The longest type name that is read, in UTF-8 bytes; 2,048 by default.</summary>
    public int MaxTypeNameBytes { get; init; } = 2048;

    /// <summary>How many different types one payload may name; 4,096 by default.</summary>
    public int MaxTypesPerPayload { get; init; } = 4096;

    /// <summary>
    /// How many comparisons of keys that fall into the same bucket of a hash table a payload may cost beyond sixteen for each of its
    /// bytes, 0 or more; 250,000 by default. Keys whose hashes are spread cost about one each. A key type with a poor
    /// <see cref="object.GetHashCode"/>, such as a struct that does not override it, may need more.
    /// </summary>
    public long MaxKeyComparisons { get; init; } = 250_000;
}
