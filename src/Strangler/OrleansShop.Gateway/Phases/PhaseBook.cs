using OrleansShop.Gateway.Routing;
using OrleansShop.Gateway.Settings;
using OrleansShop.Strangler;
using OrleansShop.Strangler.Phases;

namespace OrleansShop.Gateway.Phases;

/// <summary>
/// How all capabilities stand, as their services have said. Every change is written to the file before it is published; requests read
/// <see cref="Current"/>, one immutable snapshot behind a volatile reference that only this class replaces. Thread-safe.
/// </summary>
internal sealed partial class PhaseBook : IDisposable
{
    private readonly Lock _gate = new();
    private readonly PhaseFile _file;
    private readonly RouteTable _routes;
    private readonly TimeProvider _time;
    private readonly ILogger<PhaseBook> _logger;

    /// <summary>Guarded by <see cref="_gate"/>.</summary>
    private PhaseDocument _document;

    private volatile PhaseSnapshot _current;

    /// <summary>Reads the file. Capabilities that it does not know are in the phase Monolith until their services are heard.</summary>
    /// <exception cref="PhaseFileException">The file cannot be used.</exception>
    public PhaseBook(GatewaySettings settings, RouteTable routes, TimeProvider time, ILogger<PhaseBook> logger)
    {
        _routes = routes;
        _time = time;
        _logger = logger;
        _file = PhaseFile.Open(settings.Gateway.DataFolder);
        try
        {
            _document = _file.Read().WithAll(settings.Catalog.Capabilities.Select(static capability => capability.Name), time.GetUtcNow());
            _file.Write(_document);
        }
        catch
        {
            _file.Dispose();
            throw;
        }

        _current = Snapshot();
    }

    /// <summary>The phases as they are now.</summary>
    public PhaseSnapshot Current => _current;

    /// <summary>Goes along with what a service says. What is older than what is known already is passed over.</summary>
    /// <returns>Whether anything has changed.</returns>
    /// <exception cref="IOException">The file does not take it; what is published stays.</exception>
    public bool Follow(CapabilityStatus status)
    {
        lock (_gate)
        {
            var known = _document.Capabilities[status.Capability];
            var next = known.Following(status, _time.GetUtcNow());
            if (ReferenceEquals(next, known))
            {
                return false;
            }

            Invariant.Holds(next.Epoch > known.Epoch, "no older epoch is gone back to");
            Replace(_document with { Capabilities = _document.Capabilities.SetItem(status.Capability, next) });
            LogFollowed(_logger, status.Capability, next.Phase, next.Percent, next.Lists, next.Epoch);
            return true;
        }
    }

    public void Dispose() => _file.Dispose();

    /// <summary>The file first: what is published has survived already.</summary>
    private void Replace(PhaseDocument next)
    {
        _file.Write(next);
        _document = next;
        _current = Snapshot();
    }

    private PhaseSnapshot Snapshot() => new(_document.Capabilities, _routes);
}
