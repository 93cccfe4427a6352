namespace Orleans.Hosting;

/// <summary>Configures a stream provider in a silo that can go back.</summary>
public interface ISiloRecoverableStreamConfigurator : ISiloPersistentStreamConfigurator
{
}
