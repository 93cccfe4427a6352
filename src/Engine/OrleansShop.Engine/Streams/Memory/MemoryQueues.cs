using Orleans.Streams;

namespace OrleansShop.Engine.Streams.Memory;

/// <summary>
/// The queues of one provider of streams in memory: shared by the silos of one cluster in one process, so that they outlive a silo, and
/// dropped with the last of them.
/// </summary>
internal sealed class MemoryQueues
{
    // Guards the dictionary and the counts of users.
    private static readonly Lock s_gate = new();
    private static readonly Dictionary<(Guid Memory, string ServiceId, string ClusterId, string Provider), MemoryQueues> s_all = [];

    private readonly (Guid, string, string, string) _key;
    private readonly TimeProvider _time;

    // Guarded by s_gate too.
    private readonly Dictionary<string, MemoryQueue> _queues = [];
    private int _users;

    private MemoryQueues((Guid, string, string, string) key, TimeProvider time)
    {
        _key = key;
        _time = time;
    }

    public static MemoryQueues Open(ProcessMemory memory, string serviceId, string clusterId, string provider, TimeProvider time)
    {
        lock (s_gate)
        {
            var key = (memory.Id, serviceId, clusterId, provider);
            if (!s_all.TryGetValue(key, out var queues))
                s_all[key] = queues = new MemoryQueues(key, time);
            queues._users++;
            return queues;
        }
    }

    public MemoryQueue this[QueueId queue] => this[queue.ToString()];

    public MemoryQueue this[string queue]
    {
        get
        {
            lock (s_gate)
            {
                if (!_queues.TryGetValue(queue, out var found))
                    _queues[queue] = found = new MemoryQueue(queue, _time);
                return found;
            }
        }
    }

    public void Close()
    {
        lock (s_gate)
        {
            if (--_users == 0)
                s_all.Remove(_key);
        }
    }
}
