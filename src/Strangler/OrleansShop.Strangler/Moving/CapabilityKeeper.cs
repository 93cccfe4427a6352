using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrleansShop.Strangler.Serving;

namespace OrleansShop.Strangler.Moving;

/// <summary>Asks a capability's grain for its status now and then, so that it is activated again after the loss of its silo and goes on moving. Runs in every process of the service: one that lives is enough.</summary>
internal sealed partial class CapabilityKeeper(ServedCapability served, TimeProvider time, ILogger<CapabilityKeeper> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Period, time, stoppingToken);
                await AskAsync();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process stops.
        }
    }

    private async Task AskAsync()
    {
        try
        {
            await served.Grain.GetAsync();
        }
        catch (Exception failure)
        {
            // Whatever it is, the next time asks again; nobody else would.
            LogNoAnswer(served.Manifest.Name, failure);
        }
    }

    [LoggerMessage(3707, LogLevel.Debug, "The grain of {Capability} gives no answer now.")]
    private partial void LogNoAnswer(string capability, Exception failure);
}
