using System.Collections.Concurrent;
using System.Globalization;
using Orleans;
using Orleans.Runtime;
using OrleansShop.Engine.Activations;

namespace OrleansShop.Engine.Calls;

/// <summary>
/// The observer objects of a process. Each takes one call at a time. They are held weakly: an observer that its owner has dropped
/// is not kept alive by grains that still know it.
/// </summary>
internal sealed class LocalObservers : IActivationHome
{
    /// <summary>The grain type of clients and of their observers.</summary>
    public static readonly GrainType ClientType = GrainType.Create("sys.client");

    private readonly ConcurrentDictionary<GrainId, Activation> _observers = new();
    private readonly GrainClass _class;
    private readonly GrainClass _systemClass;
    private readonly ActivationHost _host;
    private readonly byte[] _prefix;
    private readonly string _clientId;
    private long _last;

    /// <param name="clientId">The part of the ids that says which process this is.</param>
    /// <param name="host">What the observers share.</param>
    public LocalObservers(string clientId, ActivationHost host)
    {
        _clientId = clientId;
        _prefix = System.Text.Encoding.UTF8.GetBytes(clientId + "+");
        _host = host;
        _class = GrainClass.OfObservers(ClientType, host);
        _systemClass = GrainClass.OfSystemTargets(ClientType, host);
    }

    /// <summary>The id under which this process is known as a caller and as the host of observers.</summary>
    public GrainId ClientId => GrainId.Create(ClientType, _clientId);

    public int Count => _observers.Count;

    /// <summary>Whether an id is that of an observer of this process, one that there is or that there was.</summary>
    public bool Owns(GrainId id) => id.Type == ClientType && id.Key.AsSpan().StartsWith(_prefix);

    public GrainId Add(IGrainObserver observer)
    {
        RemoveCollected();
        var id = GrainId.Create(ClientType, $"{_clientId}+{Interlocked.Increment(ref _last).ToString("x", CultureInfo.InvariantCulture)}");
        _observers[id] = new Activation(_class, id.Key, observer);
        return id;
    }

    /// <summary>The id of a part of this silo that takes calls under a name.</summary>
    public GrainId IdOf(string name) => GrainId.Create(ClientType, $"{_clientId}+{name}");

    /// <summary>Has a part of this silo take calls under a name, from any process of the cluster: see <see cref="SystemTargets"/>. Whoever adds it holds on to it.</summary>
    public void Add(string name, ISystemTarget target) => Add(name, target, _systemClass);

    /// <summary>The same for a grain service: its class says which of its calls interleave. Returns where its turns run.</summary>
    public Activation AddService(string name, GrainService service) => Add(name, service, GrainClass.OfService(ClientType, service.GetType(), _host));

    public void Remove(GrainId id) => _observers.TryRemove(id, out _);

    /// <inheritdoc/>
    public void Remove(Activation activation) => _observers.TryRemove(new(activation.GrainId, activation));

    /// <inheritdoc/>
    public void Deliver(GrainCall call)
    {
        if (_observers.TryGetValue(call.TargetId, out var observer) && observer.TryEnqueue(call)) return;
        _host.Answers.Refuse(call, new ClientNotAvailableException($"{call.TargetId} is not an observer any more: its reference was deleted, or its process has started anew."));
    }

    private Activation Add(string name, ISystemTarget target, GrainClass grainClass)
    {
        var id = IdOf(name);
        return _observers[id] = new Activation(grainClass, id.Key, target);
    }

    // Collected objects are noticed when others are added; a process that adds none does not grow.
    private void RemoveCollected()
    {
        if ((_last & 0xFF) != 0) return;
        foreach (var (id, observer) in _observers)
        {
            if (observer.GrainInstance is null) Remove(id);
        }
    }
}
