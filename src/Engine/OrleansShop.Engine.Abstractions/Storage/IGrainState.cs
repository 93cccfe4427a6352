namespace Orleans;

/// <summary>A state on its way to or from a storage provider.</summary>
/// <typeparam name="T">The state.</typeparam>
public interface IGrainState<T>
{
    /// <summary>The state.</summary>
    T? State { get; set; }

    /// <summary>The version in storage; set by the provider.</summary>
    string? ETag { get; set; }

    /// <summary>Whether something is stored; set by the provider.</summary>
    bool RecordExists { get; set; }
}
