using System.Numerics;
using OrleansShop.Gateway.Figures;
using OrleansShop.Gateway.Phases;
using OrleansShop.Gateway.Settings;
using OrleansShop.Strangler.Capabilities;
using OrleansShop.Strangler.Serving;

namespace OrleansShop.Gateway.Following;

/// <summary>
/// Asks every service in a rhythm how its capability stands, and has the phase book go along. Gateways need not know of each other: each follows by itself, and one that is late is set right by the services and
/// the fences, request by request.
/// </summary>
internal sealed partial class PhaseFollower(
    PhaseBook phases, ServiceStatuses services, FigureReports figures, GatewaySettings settings, TimeProvider time, ILogger<PhaseFollower> logger) : BackgroundService
{
    private const long Never = 0;

    private readonly long[] _heardAt = new long[settings.Catalog.Capabilities.Length];

    /// <summary>Whether nothing has been heard for too long of one of these capabilities.</summary>
    /// <param name="capabilities">Bit n stands for capability n.</param>
    public bool IsStale(ulong capabilities)
    {
        for (; capabilities != 0; capabilities &= capabilities - 1)
        {
            var heardAt = Volatile.Read(ref _heardAt[BitOperations.TrailingZeroCount(capabilities)]);
            if (heardAt == Never || time.GetElapsedTime(heardAt) > settings.Following.StaleAfter)
            {
                return true;
            }
        }

        return false;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(settings.Catalog.Capabilities.Select((capability, index) => FollowAsync(capability, index, stoppingToken)));

    private async Task FollowAsync(CapabilityManifest capability, int index, CancellationToken stoppingToken)
    {
        // Gateways that were started together do not ask together.
        var jitter = new Random(HashCode.Combine(Environment.ProcessId, settings.Gateway.DataFolder, index));
        bool? wasHeard = null;
        try
        {
            while (true)
            {
                wasHeard = await AskAsync(capability, index, wasHeard, stoppingToken);
                await Task.Delay(settings.Following.Interval * (0.9 + (0.2 * jitter.NextDouble())), time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The gateway stops; what it knew is in its file.
        }
    }

    private async Task<bool> AskAsync(CapabilityManifest capability, int index, bool? wasHeard, CancellationToken stoppingToken)
    {
        try
        {
            var status = await services.GetAsync(capability, stoppingToken);
            phases.Follow(status);
            Volatile.Write(ref _heardAt[index], time.GetTimestamp());
            if (wasHeard == false) LogHeard(logger, capability.Name);
            await figures.TellAsync(index, status, stoppingToken);
            return true;
        }
        catch (CapabilityServiceException silent)
        {
            if (wasHeard != false) LogSilent(logger, capability.Name, phases.Current.Phases[capability.Name].Phase, silent.Message);
            return false;
        }
        catch (IOException unwritable)
        {
            LogUnwritable(logger, capability.Name, unwritable);
            return false;
        }
    }

    [LoggerMessage(3530, LogLevel.Information, "{Capability}: its service says again how it stands.")]
    private static partial void LogHeard(ILogger logger, string capability);

    [LoggerMessage(3531, LogLevel.Warning, "{Capability}: its service does not say how it stands; requests go on as in the phase {Phase}. {Reason}")]
    private static partial void LogSilent(ILogger logger, string capability, Strangler.Phases.CapabilityPhase phase, string reason);

    [LoggerMessage(3532, LogLevel.Error, "{Capability}: what its service says cannot be written down, so requests go on as before.")]
    private static partial void LogUnwritable(ILogger logger, string capability, Exception exception);
}
