using OrleansShop.Gateway.Diagnostics;
using OrleansShop.Gateway.Phases;
using OrleansShop.Gateway.Settings;
using OrleansShop.Strangler.Phases;

namespace OrleansShop.Gateway.Switching;

/// <summary>
/// Starts switches, one at a time for all capabilities: a switch holds deletes of other capabilities that reach into its own, and two switches
/// at once would be two copies whose references meet in the middle.
/// </summary>
internal sealed partial class Switches(
    PhaseBook phases,
    ICapabilitySwitch protocol,
    GatewaySettings settings,
    GatewayMetrics metrics,
    IHostApplicationLifetime lifetime,
    ILogger<Switches> logger) : IHostedService
{
    private Task _running = Task.CompletedTask;

    /// <summary>Starts a switch. It goes on by itself, whether or not anyone waits for it.</summary>
    /// <returns>The record, and the task that ends with the switch; null if another switch, the one in the record, runs already.</returns>
    public (SwitchRecord Record, Task<SwitchRecord>? Ended) Start(string capability, CapabilityPhase to, string by, string origin)
    {
        var (begun, record) = phases.Begin(capability, to, by, origin);
        if (!begun)
        {
            return (record, null);
        }

        var ended = Task.Run(() => RunAsync(record));
        _running = ended;
        return (record, ended);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Waits for the running switch, which gives up when the gateway stops.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => _running.WaitAsync(cancellationToken);

    private async Task<SwitchRecord> RunAsync(SwitchRecord record)
    {
        try
        {
            var ended = await protocol.RunAsync(record, settings.Catalog.Get(record.Capability), lifetime.ApplicationStopping);
            metrics.SwitchEnded(record.Capability, record.To.ToString(), ended.Outcome.ToString(), ended.EndedAt!.Value - ended.StartedAt);
            return ended;
        }
        catch (Exception broken)
        {
            // The record stays "running" and keeps further switches out until a restart: nobody knows what state this one left.
            LogBroken(logger, record.Id, record.Capability, broken);
            throw;
        }
    }

    [LoggerMessage(3524, LogLevel.Critical, "Switch {Id} of {Capability} broke an assumption. No switch is accepted until the gateway is restarted.")]
    private static partial void LogBroken(ILogger logger, long id, string capability, Exception exception);
}
