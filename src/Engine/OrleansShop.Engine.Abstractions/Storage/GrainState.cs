namespace Orleans;

/// <summary>A state on its way to or from a storage provider.</summary>
/// <typeparam name="T">The state.</typeparam>
[GenerateSerializer]
public sealed class GrainState<T> : IGrainState<T>
{
    /// <summary>Creates an empty one.</summary>
    public GrainState()
    {
    }

    /// <summary>Creates one with a state.</summary>
    public GrainState(T? state)
        : this(state, null)
    {
    }

    /// <summary>Creates one with a state and its version.</summary>
    public GrainState(T? state, string? eTag)
    {
        State = state;
        ETag = eTag;
    }

    /// <inheritdoc/>
    [Id(0)]
    public T? State { get; set; }

    /// <inheritdoc/>
    [Id(1)]
    public string? ETag { get; set; }

    /// <inheritdoc/>
    [Id(2)]
    public bool RecordExists { get; set; }
}
