namespace OrleansShop.Engine.Messaging.Connections;

/// <summary>The way to one client: the connections that it has opened to this silo.</summary>
internal sealed class ClientLink(string id, long timestamp)
{
    private readonly Lock _gate = new();

    // Guarded by _gate; _current is also read without it.
    private readonly List<Connection> _connections = [];
    private volatile Connection? _current;

    /// <summary>The client's id.</summary>
    public string Id { get; } = id;

    /// <summary>When its last connection ended, or when it was first asked for, as a timestamp. Says nothing while it is connected.</summary>
    public long AwaySince { get; private set; } = timestamp;

    /// <summary>A connection to it, or null while there is none.</summary>
    public Connection? Current => _current is { IsOpen: true } current ? current : Choose();

    public void Add(Connection connection)
    {
        lock (_gate)
        {
            _connections.Add(connection);
        }

        Choose();
    }

    public void Remove(Connection connection, long timestamp)
    {
        lock (_gate)
        {
            _connections.Remove(connection);
            if (_connections.Count == 0)
                AwaySince = timestamp;
        }

        Choose();
    }

    private Connection? Choose()
    {
        lock (_gate)
            return _current = _connections.Find(connection => !connection.Ended.IsCompleted);
    }
}
