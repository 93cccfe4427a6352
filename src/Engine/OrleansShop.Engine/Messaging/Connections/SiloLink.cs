using System.Net;
using Orleans.Runtime;
using OrleansShop.Engine.Messaging.Transport;

namespace OrleansShop.Engine.Messaging.Connections;

/// <summary>The way to one silo: the connections that are open to it, or the attempts to open one.</summary>
internal sealed class SiloLink
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(100);

    private readonly Func<SiloLink, Task<Connection>> _open;
    private readonly Func<TimeSpan, Task<bool>> _pause;
    private readonly Action<SiloLink, string> _gone;
    private readonly Lock _gate = new();

    // The three below are guarded by _gate; _current is also read without it.
    private readonly List<Connection> _connections = [];
    private bool _dialing;
    private bool _closed;
    private volatile Connection? _current;

    public SiloLink(
        SiloAddress silo, IPEndPoint endpoint, Func<SiloLink, Task<Connection>> open, Func<TimeSpan, Task<bool>> pause, Action<SiloLink, string> gone)
    {
        Silo = silo;
        Endpoint = endpoint;
        _open = open;
        _pause = pause;
        _gone = gone;
    }

    public SiloAddress Silo { get; }

    public IPEndPoint Endpoint { get; }

    /// <summary>A connection to send requests on, or null while there is none.</summary>
    /// <remarks>Hot path.</remarks>
    public Connection? Current => _current is { IsOpen: true } current ? current : Choose();

    /// <summary>Whether the silo has said that it leaves.</summary>
    public bool IsLeaving
    {
        get
        {
            lock (_gate)
                return _connections.Exists(connection => connection.IsPeerLeaving);
        }
    }

    /// <summary>A connection that still takes responses, or null.</summary>
    public Connection? ForResponses
    {
        get
        {
            lock (_gate)
                return _connections.FirstOrDefault(connection => !connection.Ended.IsCompleted);
        }
    }

    /// <summary>Completes when no connection is open any more.</summary>
    public Task Disconnected
    {
        get
        {
            lock (_gate)
                return Task.WhenAll(_connections.Select(connection => connection.Ended));
        }
    }

    /// <summary>Opens a connection in the background unless there is one, or the silo is just leaving.</summary>
    /// <remarks>
    /// What came to a leaving silo on a new connection, after its goodbyes, might be cut off with it unanswered. A call that still looks for it waits for the view
    /// that has the next owner, which is on its way. Once the old connection has ended, opening one tells whether the silo is gone.
    /// </remarks>
    public void Connect()
    {
        lock (_gate)
        {
            if (_dialing || _closed || HasWay())
                return;
            _dialing = true;
        }

        _ = Dial();
    }

    public void Add(Connection connection)
    {
        bool refused;
        lock (_gate)
        {
            refused = _closed;
            _connections.Add(connection);
        }

        if (refused)
            connection.Close(new IOException($"Silo {Silo} is dead."));
        Choose();
    }

    public void Remove(Connection connection)
    {
        lock (_gate)
            _connections.Remove(connection);
        Choose();
    }

    /// <summary>Closes what is open, and opens nothing any more.</summary>
    public void Close()
    {
        Connection[] open;
        lock (_gate)
        {
            _closed = true;
            open = [.. _connections];
        }

        foreach (var connection in open)
            connection.Close(new IOException($"Silo {Silo} is dead."));
    }

    private Connection? Choose()
    {
        lock (_gate)
            return _current = _connections.Find(connection => connection.IsOpen);
    }

    private async Task Dial()
    {
        var refusals = 0;
        for (var delay = FirstDelay; ; delay *= 2)
        {
            try
            {
                var connection = await _open(this);
                if (connection.Peer?.Silo is { } found && !found.Equals(Silo))
                {
                    Stop();
                    if (found.Endpoint.Equals(Silo.Endpoint) && found.Generation > Silo.Generation)
                        _gone(this, $"its endpoint is used by {found}");
                }
                else
                {
                    Stop();
                }

                return;
            }
            catch (ConnectionRefusedException)
            {
                if (++refusals == 2)
                    _gone(this, $"{Endpoint} refuses connections");
            }
            catch (Exception cause) when (cause is IOException or TimeoutException or OperationCanceledException)
            {
                refusals = 0;
            }

            if (!await _pause(delay) || HasEnded())
            {
                Stop();
                return;
            }
        }
    }

    private bool HasEnded()
    {
        lock (_gate)
            return _closed || HasWay();
    }

    // Called with _gate held.
    private bool HasWay() => _connections.Exists(static connection => connection.IsOpen || (connection.IsPeerLeaving && !connection.Ended.IsCompleted));

    private void Stop()
    {
        lock (_gate)
            _dialing = false;
    }
}
