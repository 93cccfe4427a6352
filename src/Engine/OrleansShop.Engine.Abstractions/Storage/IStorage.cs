namespace Orleans.Core;

/// <summary>A stored state, without its type.</summary>
public interface IStorage
{
    /// <summary>Names the version that was read or written last; null if nothing is stored.</summary>
    string? Etag { get; }

    /// <summary>Whether something is stored.</summary>
    bool RecordExists { get; }

    /// <summary>Removes what is stored and resets the state.</summary>
    Task ClearStateAsync();

    /// <summary>Removes what is stored and resets the state.</summary>
    Task ClearStateAsync(CancellationToken cancellationToken) => ClearStateAsync();

    /// <summary>Stores the state if the stored version is still the one that was read.</summary>
    Task WriteStateAsync();

    /// <summary>Stores the state if the stored version is still the one that was read.</summary>
    Task WriteStateAsync(CancellationToken cancellationToken) => WriteStateAsync();

    /// <summary>Reads what is stored, dropping the state in memory.</summary>
    Task ReadStateAsync();

    /// <summary>Reads what is stored, dropping the state in memory.</summary>
    Task ReadStateAsync(CancellationToken cancellationToken) => ReadStateAsync();
}
