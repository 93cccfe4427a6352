using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace OrleansShop.Engine.Hosting;

/// <summary>Starts and stops the silo with its host.</summary>
internal sealed partial class SiloHost(SiloLifecycle lifecycle, ILocalSiloDetails silo, IEnumerable<IConfigurationValidator> validators, TimeProvider time, ILogger<SiloHost> logger) : IHostedService
{
    private readonly ILogger _logger = logger;
    private bool _isStarted;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        Validate();
        var started = time.GetTimestamp();
        _isStarted = true;
        await lifecycle.StartAsync(cancellationToken);
        LogStarted(silo.Name, silo.SiloAddress, silo.ClusterId, (long)time.GetElapsedTime(started).TotalMilliseconds);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (!_isStarted) return;
        _isStarted = false;
        await lifecycle.StopAsync(cancellationToken);
        LogStopped(silo.Name, silo.SiloAddress);
    }

    // All faults at once, so that a configuration is not repaired one start at a time.
    private void Validate()
    {
        var faults = new List<string>();
        foreach (var validator in validators)
        {
            try
            {
                validator.ValidateConfiguration();
            }
            catch (OrleansConfigurationException fault)
            {
                faults.Add(fault.Message);
            }
        }

        if (faults.Count != 0) throw new OrleansConfigurationException(string.Join(Environment.NewLine, faults));
    }

    [LoggerMessage(1031, LogLevel.Information, "Silo {Name} at {Address} in cluster {ClusterId} is ready after {ElapsedMs} ms.")]
    private partial void LogStarted(string name, SiloAddress address, string clusterId, long elapsedMs);

    [LoggerMessage(1032, LogLevel.Information, "Silo {Name} at {Address} has stopped.")]
    private partial void LogStopped(string name, SiloAddress address);
}
