namespace Orleans;

/// <summary>Calls grains from outside: from a client process, or from the silo's own process.</summary>
public interface IClusterClient : IGrainFactory
{
    /// <summary>The services of the client or silo.</summary>
    IServiceProvider ServiceProvider { get; }
}
