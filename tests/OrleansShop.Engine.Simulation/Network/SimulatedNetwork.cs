using System.Net;
using OrleansShop.Engine.Simulation.Processes;
using OrleansShop.Engine.Simulation.Time;

namespace OrleansShop.Engine.Simulation.Network;

/// <summary>
/// The network between the hosts: who listens, which ways are cut, how long frames take. Each connection keeps the contract of TCP: frames arrive in order and once, or the
/// connection breaks, and a suffix of what was sent is lost.
/// </summary>
internal sealed class SimulatedNetwork(VirtualTime time, NetworkPace pace)
{
    private readonly HashSet<(IPAddress From, IPAddress To)> _cuts = [];
    private readonly HashSet<IPAddress> _silent = [];
    private readonly Dictionary<IPEndPoint, SimulatedListener> _listeners = [];
    private readonly List<SimulatedChannel> _channels = [];
    private long _connections;

    public VirtualTime Time => time;

    /// <summary>The connections that have not ended on both sides, in the order in which they were opened; each once, by the end that opened it.</summary>
    public IReadOnlyList<SimulatedChannel> Open => _channels;

    public SimulatedListener? FindListener(IPEndPoint endpoint) => _listeners.GetValueOrDefault(endpoint);

    public void Listen(SimulatedListener listener)
    {
        if (!_listeners.TryAdd(listener.Endpoint, listener))
            throw new IOException($"Cannot listen on {listener.Endpoint}: another process does.");
        listener.Process.Died += () => StopListening(listener);
    }

    public void StopListening(SimulatedListener listener)
    {
        if (_listeners.TryGetValue(listener.Endpoint, out var found) && ReferenceEquals(found, listener))
            _listeners.Remove(listener.Endpoint);
    }

    /// <summary>Whether nothing gets from one host to the other now.</summary>
    public bool IsCut(IPAddress from, IPAddress to) => _silent.Contains(from) || _silent.Contains(to) || _cuts.Contains((from, to));

    public void Cut(IPAddress from, IPAddress to) => _cuts.Add((from, to));

    /// <summary>Opens a way again. What waited on it arrives.</summary>
    public void Heal(IPAddress from, IPAddress to)
    {
        if (_cuts.Remove((from, to)))
            Resume(channel => channel.Process.Address.Equals(from) && channel.Peer.Process.Address.Equals(to));
    }

    /// <summary>A host is gone, with its process: nothing from there and nothing back, not even a refusal.</summary>
    public void Silence(IPAddress host) => _silent.Add(host);

    /// <summary>The host is there again, and refuses what it does not know.</summary>
    public void Revive(IPAddress host)
    {
        if (_silent.Remove(host))
            Resume(channel => channel.Peer.Process.Address.Equals(host) || channel.Process.Address.Equals(host));
    }

    /// <summary>How long something takes from one host to another.</summary>
    public TimeSpan Latency(Random random) => pace.Draw(random);

    /// <summary>A connection with its two ends.</summary>
    public (SimulatedChannel Near, SimulatedChannel Far) Connect(SimulatedProcess from, SimulatedProcess to)
    {
        var number = ++_connections;
        var near = new SimulatedChannel(this, from, new Random(from.Random.Next()), number);
        var far = new SimulatedChannel(this, to, new Random(to.Random.Next()), number);
        near.Peer = far;
        far.Peer = near;
        _channels.Add(near);
        return (near, far);
    }

    public void Forget(SimulatedChannel channel)
    {
        if (channel.HasEnded && channel.Peer.HasEnded)
            _channels.RemoveAll(other => ReferenceEquals(other, channel) || ReferenceEquals(other, channel.Peer));
    }

    private void Resume(Predicate<SimulatedChannel> isMeant)
    {
        foreach (var channel in _channels.ToArray())
        {
            if (isMeant(channel))
                channel.Resume();
            if (isMeant(channel.Peer))
                channel.Peer.Resume();
        }
    }
}

/// <summary>How long frames take.</summary>
/// <param name="Usual">The most that most of them take.</param>
/// <param name="SlowShare">How many of a thousand take longer.</param>
/// <param name="Slow">The most that those take.</param>
internal sealed record NetworkPace(TimeSpan Usual, int SlowShare, TimeSpan Slow)
{
    public TimeSpan Draw(Random random) => random.Next(1000) < SlowShare ? Slow * random.NextDouble() : (Usual * random.NextDouble()) + TimeSpan.FromMicroseconds(50);
}
