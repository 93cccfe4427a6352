namespace OrleansShop.ServiceDefaults.Health;

/// <summary>Whether this process wants new requests. Closed first when the process stops, so that traffic moves away before anything else ends.</summary>
public sealed class ReadinessGate
{
    private volatile bool _isOpen = true;

    /// <summary>Whether <c>/health/ready</c> may answer 200.</summary>
    public bool IsOpen => _isOpen;

    /// <summary>Makes <c>/health/ready</c> answer 503 from now on.</summary>
    public void Close() => _isOpen = false;
}
