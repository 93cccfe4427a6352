namespace Orleans.Hosting;

/// <summary>Configures a provider of streams in memory in a client.</summary>
public interface IClusterClientMemoryStreamConfigurator : IMemoryStreamConfigurator, IClusterClientPersistentStreamConfigurator
{
}
