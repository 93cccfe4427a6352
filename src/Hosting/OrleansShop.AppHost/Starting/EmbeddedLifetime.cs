namespace OrleansShop.AppHost.Starting;

/// <summary>The lifetime of a host that another one starts and stops: it listens for no signals of its own.</summary>
internal sealed class EmbeddedLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
