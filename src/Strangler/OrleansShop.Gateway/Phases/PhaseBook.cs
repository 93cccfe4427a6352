using System.Collections.Immutable;
using OrleansShop.Gateway.Routing;
using OrleansShop.Gateway.Settings;
using OrleansShop.Strangler;
using OrleansShop.Strangler.Phases;

namespace OrleansShop.Gateway.Phases;

/// <summary>
/// The phases of all capabilities and their history. Every change is written to the file before it is published; requests read
/// <see cref="Current"/>, one immutable snapshot behind a volatile reference that only this class replaces. Thread-safe.
/// </summary>
internal sealed partial class PhaseBook : IDisposable
{
    private readonly Lock _gate = new();
    private readonly PhaseFile _file;
    private readonly RouteTable _routes;
    private readonly ImmutableArray<string> _capabilities;
    private readonly TimeProvider _time;
    private readonly ILogger<PhaseBook> _logger;

    /// <summary>Guarded by <see cref="_gate"/>.</summary>
    private PhaseDocument _document;

    private volatile PhaseSnapshot _current;

    /// <summary>Reads the file. A switch that it says is running was interrupted by the end of the process and is written into the history as such.</summary>
    /// <exception cref="PhaseFileException">The file cannot be used.</exception>
    public PhaseBook(GatewaySettings settings, RouteTable routes, TimeProvider time, ILogger<PhaseBook> logger)
    {
        _routes = routes;
        _time = time;
        _logger = logger;
        _capabilities = [.. settings.Catalog.Capabilities.Select(static capability => capability.Name)];
        _file = PhaseFile.Open(settings.Gateway.DataFolder);
        try
        {
            _document = Restore(_file.Read());
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

    /// <summary>The switch that is running, or null.</summary>
    public SwitchRecord? Running
    {
        get
        {
            lock (_gate)
            {
                return _document.Intent;
            }
        }
    }

    /// <summary>The switches that have ended, oldest first.</summary>
    public ImmutableArray<SwitchRecord> History
    {
        get
        {
            lock (_gate)
            {
                return _document.History;
            }
        }
    }

    /// <summary>Finds a switch, running or ended, by its id.</summary>
    public SwitchRecord? Find(long id)
    {
        lock (_gate)
        {
            return _document.Intent?.Id == id ? _document.Intent : _document.History.LastOrDefault(record => record.Id == id);
        }
    }

    /// <summary>Writes down that a switch begins.</summary>
    /// <returns>Its record, or the record of the switch that runs already and forbids this one.</returns>
    public (bool Begun, SwitchRecord Record) Begin(string capability, CapabilityPhase to, string by, string origin)
    {
        lock (_gate)
        {
            if (_document.Intent is { } running)
            {
                return (false, running);
            }

            var intent = new SwitchRecord(
                _document.LastSwitchId + 1, capability, _document.Capabilities[capability].Phase, to, by, origin,
                _time.GetUtcNow(), EndedAt: null, SwitchOutcome.Running, SwitchStep.Record, "The switch is running.");
            Replace(_document with { Intent = intent, LastSwitchId = intent.Id });
            LogBegun(_logger, intent.Id, capability, intent.From, to, by, origin);
            return (true, intent);
        }
    }

    /// <summary>Notes how far the running switch has come. Kept in memory only: what a crash leaves behind is decided by the services' answers.</summary>
    public void Advance(SwitchRecord running, SwitchStep step)
    {
        lock (_gate)
        {
            Invariant.Holds(_document.Intent?.Id == running.Id, "only the running switch advances");
            _document = _document with { Intent = _document.Intent! with { Step = step } };
        }
    }

    /// <summary>Ends the running switch in its new phase: the point of no return.</summary>
    public SwitchRecord Commit(SwitchRecord running, string detail) => End(running, SwitchOutcome.Succeeded, detail);

    /// <summary>Ends the running switch in its old phase.</summary>
    public SwitchRecord GiveUp(SwitchRecord running, string detail) => End(running, SwitchOutcome.Failed, detail);

    /// <summary>Sends a capability back to the monolith because its service is not where the record says.</summary>
    public void FallBack(string capability, string detail)
    {
        lock (_gate)
        {
            var now = _time.GetUtcNow();
            var record = new SwitchRecord(
                _document.LastSwitchId + 1, capability, _document.Capabilities[capability].Phase, CapabilityPhase.Monolith,
                "gateway", "reconciliation", now, now, SwitchOutcome.Reconciled, SwitchStep.Commit, detail);
            Replace(WithPhase(_document.WithEnded(record) with { LastSwitchId = record.Id }, capability, CapabilityPhase.Monolith, now));
            LogFellBack(_logger, record.Id, capability, record.From, detail);
        }
    }

    /// <summary>
    /// Goes along with what a service says of a capability whose entities move one by one. What is older than what is known already is passed over, and so is what a switch of the whole capability has to say.
    /// </summary>
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

            Invariant.Holds(next.Epoch >= known.Epoch, "no older epoch is gone back to");
            Replace(_document with { Capabilities = _document.Capabilities.SetItem(status.Capability, next) });
            LogFollowed(_logger, status.Capability, next.Phase, next.Percent, next.Lists, next.Epoch);
            return true;
        }
    }

    public void Dispose() => _file.Dispose();

    private SwitchRecord End(SwitchRecord running, SwitchOutcome outcome, string detail)
    {
        lock (_gate)
        {
            Invariant.Holds(_document.Intent?.Id == running.Id, "only the running switch ends");
            var now = _time.GetUtcNow();
            var ended = _document.Intent! with { EndedAt = now, Outcome = outcome, Detail = detail };
            var next = _document.WithEnded(ended);
            if (outcome == SwitchOutcome.Succeeded)
            {
                Replace(WithPhase(next, ended.Capability, ended.To, now));
            }
            else
            {
                ReplaceWithoutFail(next);
            }

            LogEnded(_logger, outcome == SwitchOutcome.Succeeded ? LogLevel.Information : LogLevel.Warning,
                ended.Id, ended.Capability, ended.From, ended.To, outcome, ended.Step, ended.By, ended.Origin, detail);
            return ended;
        }
    }

    private PhaseDocument Restore(PhaseDocument found)
    {
        var now = _time.GetUtcNow();
        foreach (var capability in _capabilities.Where(name => !found.Capabilities.ContainsKey(name)))
        {
            found = WithPhase(found, capability, CapabilityPhase.Monolith, now);
        }

        if (found.Intent is not { } interrupted)
        {
            return found;
        }

        var ended = interrupted with
        {
            EndedAt = now,
            Outcome = SwitchOutcome.Interrupted,
            Detail = $"The gateway ended during the switch. The capability stays at {interrupted.From} unless its service has gone further.",
        };
        LogInterrupted(_logger, ended.Id, ended.Capability, ended.From, ended.To);
        return found.WithEnded(ended);
    }

    private static PhaseDocument WithPhase(PhaseDocument document, string capability, CapabilityPhase phase, DateTimeOffset since) =>
        document with
        {
            Capabilities = document.Capabilities.SetItem(
                capability, document.Capabilities.GetValueOrDefault(capability)?.Switched(phase, since) ?? new PhaseRecord(phase, since)),
        };

    /// <summary>The file first: what is published has survived already.</summary>
    private void Replace(PhaseDocument next)
    {
        _file.Write(next);
        _document = next;
        _current = Snapshot();
    }

    /// <summary>
    /// For what does not change a phase. Should the file not take it, the next start finds the switch still running there and calls it interrupted,
    /// which is as good; refusing to go on would hold writes for ever.
    /// </summary>
    private void ReplaceWithoutFail(PhaseDocument next)
    {
        try
        {
            Replace(next);
        }
        catch (IOException unwritable)
        {
            LogUnwritable(_logger, unwritable);
            _document = next;
        }
    }

    private PhaseSnapshot Snapshot() => new(_document.Capabilities, _routes);
}
