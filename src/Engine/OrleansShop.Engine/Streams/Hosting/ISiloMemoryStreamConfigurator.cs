namespace Orleans.Hosting;

/// <summary>Configures a provider of streams in memory in a silo.</summary>
public interface ISiloMemoryStreamConfigurator : IMemoryStreamConfigurator, ISiloRecoverableStreamConfigurator
{
}
