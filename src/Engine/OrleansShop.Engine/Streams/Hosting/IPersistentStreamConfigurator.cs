namespace Orleans.Hosting;

/// <summary>Configures a stream provider, in a silo or a client.</summary>
public interface IPersistentStreamConfigurator : INamedServiceConfigurator
{
}
