using System.Security.Cryptography;
using OrleansShop.Gateway.Phases;
using OrleansShop.Gateway.Repair;
using OrleansShop.Gateway.Settings;
using OrleansShop.Strangler.Phases;
using OrleansShop.Strangler.Rollout;
using OrleansShop.Strangler.Serving;

namespace OrleansShop.Gateway.Figures;

/// <summary>Tells a service what this gateway has counted of its capability, while a rollout runs.</summary>
internal sealed partial class FigureReports(CapabilityFigures figures, ServiceEndpoint services, PhaseBook phases, GatewaySettings settings, ILogger<FigureReports> logger)
{
    /// <summary>A gateway that starts anew counts from zero, and has another name.</summary>
    private readonly string _name = $"{Environment.MachineName[..Math.Min(Environment.MachineName.Length, 20)]}-{RandomNumberGenerator.GetHexString(16, lowercase: true)}";

    /// <summary>Tells them, if the service asks for them by saying that a rollout runs. What gets lost is in the next ones.</summary>
    /// <param name="capability">The index of the capability.</param>
    /// <param name="status">What its service has said.</param>
    /// <param name="stoppingToken">Nobody waits any more.</param>
    public async Task TellAsync(int capability, CapabilityStatus status, CancellationToken stoppingToken)
    {
        if (status.Rollout != RolloutOutcome.Running) return;
        try
        {
            // The epoch that this gateway routes by: figures under an older one do not count.
            var counted = figures.Read(capability, _name, phases.Current.Phases[status.Capability].Epoch);
            var reply = await services.SendAsync(capability, HttpMethod.Post, "/figures", counted, settings.Following.Timeout, stoppingToken);
            if (!reply.IsSuccess) LogRefused(logger, status.Capability, (int)reply.Status);
        }
        catch (CapabilityServiceException silent)
        {
            LogSilent(logger, status.Capability, silent.Message);
        }
    }

    [LoggerMessage(3721, LogLevel.Warning, "{Capability}: its service does not take the figures for its rollout; it answered {Status}.")]
    private static partial void LogRefused(ILogger logger, string capability, int status);

    [LoggerMessage(3722, LogLevel.Debug, "{Capability}: its service did not take the figures for its rollout. {Reason}")]
    private static partial void LogSilent(ILogger logger, string capability, string reason);
}
