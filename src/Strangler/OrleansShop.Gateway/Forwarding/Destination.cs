using Orleans.Runtime;

namespace OrleansShop.Gateway.Forwarding;

/// <summary>One process behind the gateway.</summary>
internal sealed class Destination(Uri address)
{
    private int _inFlight;
    private volatile bool _isReady = true;
    private volatile bool _hasAnswered;
    private volatile SiloAddress? _silo;

    /// <summary>Where it listens.</summary>
    public Uri Address { get; } = address;

    /// <summary>The address as the forwarder takes it: without a slash at the end.</summary>
    public string Prefix { get; } = address.ToString().TrimEnd('/');

    /// <summary>How many requests of this gateway it is working on.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>
    /// Whether it said that it wants requests when it was last asked. True until the first answer.
    /// The health probe decides; a failed connection makes it false at once.
    /// </summary>
    public bool IsReady
    {
        get => _isReady;
        set => _isReady = value;
    }

    /// <summary>Whether it has answered anything since this gateway started, whatever it was. An address where it never has may be one that is kept free for a further process.</summary>
    public bool HasAnswered => _hasAnswered;

    /// <summary>The silo in the process, by its last health answer; null if it has none, or has not said so yet.</summary>
    public SiloAddress? Silo
    {
        get => _silo;
        set => _silo = value;
    }

    /// <summary>Notes that it has answered.</summary>
    public void Answered() => _hasAnswered = true;

    public void BeginRequest() => Interlocked.Increment(ref _inFlight);

    public void EndRequest() => Interlocked.Decrement(ref _inFlight);
}
