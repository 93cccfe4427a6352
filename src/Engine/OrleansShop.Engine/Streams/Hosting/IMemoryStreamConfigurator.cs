namespace Orleans.Hosting;

/// <summary>Configures a provider of streams in memory, in a silo or a client.</summary>
public interface IMemoryStreamConfigurator : INamedServiceConfigurator
{
}
