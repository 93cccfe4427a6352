using Microsoft.Extensions.Options;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Capabilities;
using OrleansShop.Strangler.Sql;

namespace OrleansShop.Strangler.Bridge.Startup;

/// <summary>
/// Compares the manifests with the database when the process starts. A database that does not answer is waited for as long as it takes: the
/// process is unready and answers 503. A database that answers and does not fit is a wrong configuration: the process stops.
/// </summary>
internal sealed partial class SchemaStartup(
    SqlMonolithBridge bridge, IOptions<BridgeOptions> options, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<SchemaStartup> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Why the process stops, or null.</summary>
    internal CapabilityConfigurationException? Fault { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        long? misfitSince = null;
        var isFirst = true;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await bridge.CheckSchemaAsync(stoppingToken);
                LogFits(logger);
                return;
            }
            catch (BridgeUnavailableException unavailable)
            {
                misfitSince = null;
                if (isFirst)
                {
                    LogWaiting(logger, unavailable.Message, unavailable);
                }
            }
            catch (CapabilityConfigurationException misfit)
            {
                misfitSince ??= time.GetTimestamp();
                if (time.GetElapsedTime(misfitSince.Value) >= options.Value.SchemaTimeout)
                {
                    Fault = misfit;
                    LogMisfit(logger, misfit.Message);
                    lifetime.StopApplication();
                    return;
                }
            }

            isFirst = false;
            await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(3310, LogLevel.Information, "The monolith's database has every table and column that the capabilities name.")]
    private static partial void LogFits(ILogger logger);

    [LoggerMessage(3311, LogLevel.Warning, "Waiting for the monolith's database: {Reason}")]
    private static partial void LogWaiting(ILogger logger, string reason, Exception exception);

    [LoggerMessage(3312, LogLevel.Critical, "The monolith's database does not fit the configuration. {Faults}")]
    private static partial void LogMisfit(ILogger logger, string faults);
}
