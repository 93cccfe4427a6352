using System.Buffers;

namespace Orleans.Runtime;

/// <summary>Gives back what was collected when an activation moved.</summary>
public interface IRehydrationContext
{
    /// <summary>The keys.</summary>
    IEnumerable<string> Keys { get; }

    /// <summary>Returns the bytes under a key; false if there are none.</summary>
    bool TryGetBytes(string key, out ReadOnlySequence<byte> value);

    /// <summary>Returns the value under a key; false if there is none.</summary>
    bool TryGetValue<T>(string key, out T? value);
}
