namespace Orleans.Hosting;

/// <summary>Configures a stream provider in a silo.</summary>
public interface ISiloPersistentStreamConfigurator : IPersistentStreamConfigurator
{
}
