using System.Collections.Concurrent;
using OrleansShop.Gateway.Phases;
using OrleansShop.Gateway.Settings;
using OrleansShop.Strangler.Capabilities;
using OrleansShop.Strangler.Phases;
using OrleansShop.Strangler.Switching;

namespace OrleansShop.Gateway.Switching;

/// <summary>
/// Makes gateway and service agree on the phase, after every start and after a switch that ended in doubt:
/// grains only if both say grains, else the monolith, whose rows are current in every phase.
/// <code>
///   gateway    service    what happens
///   Monolith   Monolith   nothing
///   Grains     Grains     nothing
///   Monolith   Grains     the service discards its import: the monolith may have taken writes since
///   Grains     Monolith   the gateway falls back to the monolith, and the history says so
///   any        busy       ask again later
///   any        silent     ask again later; requests go on by the gateway's record
/// </code>
/// </summary>
internal sealed partial class Reconciliation(
    PhaseBook phases, ServiceCalls services, GatewaySettings settings, TimeProvider time, ILogger<Reconciliation> logger) : BackgroundService
{
    private const string Author = "gateway";

    private readonly ConcurrentDictionary<string, CapabilityManifest> _unsettled =
        new(settings.Catalog.Capabilities.Select(static capability => KeyValuePair.Create(capability.Name, capability)));

    /// <summary>Held while a capability is compared or switched: a comparison in the middle of a switch would undo it.</summary>
    private readonly Dictionary<string, SemaphoreSlim> _turns =
        settings.Catalog.Capabilities.ToDictionary(static capability => capability.Name, static _ => new SemaphoreSlim(1));

    /// <summary>Whether it is certain that the service is in the phase that the gateway routes by.</summary>
    public bool IsSettled(string capability) => !_unsettled.ContainsKey(capability);

    /// <summary>Has the capability compared again.</summary>
    public void MarkUnsettled(CapabilityManifest capability) => _unsettled[capability.Name] = capability;

    /// <summary>Waits until nothing else compares or switches the capability. Dispose the result to end the turn.</summary>
    public async Task<IDisposable> TakeTurnAsync(CapabilityManifest capability, CancellationToken cancellationToken)
    {
        var turn = _turns[capability.Name];
        await turn.WaitAsync(cancellationToken);
        return new Turn(turn);
    }

    /// <summary>Compares once and acts by the table. The caller has the turn.</summary>
    /// <returns>Whether both agree now; false when the service is busy.</returns>
    /// <exception cref="CapabilityServiceException">The service does not answer.</exception>
    public async Task<bool> SettleAsync(CapabilityManifest capability, CancellationToken cancellationToken)
    {
        var service = await services.GetStatusAsync(capability, cancellationToken);
        phases.Follow(service);
        if (phases.Current.Phases[capability.Name].IsLive)
        {
            // Entities move one by one: the service alone says how the capability stands, and there is nothing to compare.
            _unsettled.TryRemove(capability.Name, out _);
            return true;
        }

        if (service.Pending is not null)
        {
            return false;
        }

        var gateway = phases.Current.Phases[capability.Name].Phase;
        if (service.Phase != gateway && gateway == CapabilityPhase.Monolith)
        {
            LogDiscarding(logger, capability.Name, service.Phase);
            service = await services.DiscardAsync(capability, Author, cancellationToken);
            if (service.Phase != gateway)
            {
                return false;
            }
        }
        else if (service.Phase != gateway)
        {
            phases.FallBack(capability.Name, $"The {capability.Name} service says that its phase is {service.Phase}.");
        }

        _unsettled.TryRemove(capability.Name, out _);
        return true;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var rhythm = new PeriodicTimer(settings.Switching.ReconcileInterval, time);
        try
        {
            do
            {
                await Task.WhenAll(_unsettled.Values.Select(capability => TrySettleAsync(capability, stoppingToken)));
            }
            while (await rhythm.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The gateway stops; the next start compares anew.
        }
    }

    private async Task TrySettleAsync(CapabilityManifest capability, CancellationToken stoppingToken)
    {
        using var turn = await TakeTurnAsync(capability, stoppingToken);
        try
        {
            if (await SettleAsync(capability, stoppingToken))
            {
                LogSettled(logger, capability.Name, phases.Current.Phases[capability.Name].Phase);
            }
        }
        catch (CapabilityServiceException silent)
        {
            LogSilent(logger, capability.Name, silent.Message);
        }
        catch (IOException unwritable)
        {
            LogUnwritable(logger, capability.Name, unwritable);
        }
    }

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }

    [LoggerMessage(3520, LogLevel.Information, "{Capability}: gateway and service agree on {Phase}.")]
    private static partial void LogSettled(ILogger logger, string capability, CapabilityPhase phase);

    [LoggerMessage(3521, LogLevel.Warning, "{Capability}: the service is at {Phase}, the gateway at Monolith. The service discards its copy.")]
    private static partial void LogDiscarding(ILogger logger, string capability, CapabilityPhase phase);

    [LoggerMessage(3522, LogLevel.Debug, "{Capability}: the service's phase is unknown. {Reason}")]
    private static partial void LogSilent(ILogger logger, string capability, string reason);

    [LoggerMessage(3523, LogLevel.Error, "{Capability}: the phase that the service asks for cannot be written down.")]
    private static partial void LogUnwritable(ILogger logger, string capability, Exception exception);
}
