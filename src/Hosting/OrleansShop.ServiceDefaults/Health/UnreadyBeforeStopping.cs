using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace OrleansShop.ServiceDefaults.Health;

/// <summary>
/// Closes the <see cref="ReadinessGate"/> when the process is told to stop and goes on serving for the configured delay.
/// Hosted services stop in the reverse order of their registration, but this one acts before all of them, by
/// <see cref="IHostedLifecycleService.StoppingAsync"/>.
/// </summary>
internal sealed partial class UnreadyBeforeStopping(
    ReadinessGate gate, IOptions<ShutdownOptions> options, TimeProvider time, ILogger<UnreadyBeforeStopping> logger) : IHostedLifecycleService
{
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        gate.Close();
        var delay = options.Value.ReadinessDelay;
        if (delay > TimeSpan.Zero)
        {
            LogUnready(logger, delay);
            await Task.Delay(delay, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(5010, LogLevel.Information, "Stopping: unready from now on, serving for {Delay} more so that load balancers move away.")]
    private static partial void LogUnready(ILogger logger, TimeSpan delay);
}
