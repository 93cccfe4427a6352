using System.Collections.Concurrent;
using Orleans.Runtime;

namespace OrleansShop.Engine.Storage;

/// <summary>
/// The records of one memory storage provider: shared by the silos of one cluster in one process, so that a grain finds its state
/// after it moved between them, and dropped with the last of them.
/// </summary>
internal sealed class MemoryStore
{
    // Guards the dictionary and the counts of users.
    private static readonly Lock s_gate = new();
    private static readonly Dictionary<(string ServiceId, string ClusterId, string Name), MemoryStore> s_stores = [];

    private readonly (string, string, string) _key;
    private int _users;

    private MemoryStore((string, string, string) key) => _key = key;

    public ConcurrentDictionary<(GrainId Grain, string State), MemoryRecord> Records { get; } = new();

    /// <summary>A store that nobody else finds.</summary>
    public static MemoryStore OfNobody() => new(default) { _users = 1 };

    public static MemoryStore Open(string serviceId, string clusterId, string name)
    {
        lock (s_gate)
        {
            var key = (serviceId, clusterId, name);
            if (!s_stores.TryGetValue(key, out var store)) s_stores[key] = store = new MemoryStore(key);
            store._users++;
            return store;
        }
    }

    public void Close()
    {
        lock (s_gate)
        {
            if (--_users == 0) s_stores.Remove(_key);
        }
    }
}

/// <summary>One stored state.</summary>
/// <param name="Version">Counts the writes; the ETag. 0 if nothing was written yet.</param>
/// <param name="Bytes">The state; null if it was cleared, or never written.</param>
/// <param name="Fence">Writes that it does not admit are refused; null if there was none that has a fence.</param>
internal sealed record MemoryRecord(long Version, BinaryData? Bytes, StoredFence? Fence);
