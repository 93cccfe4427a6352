using Microsoft.Extensions.Hosting;

namespace Orleans.TestingHost;

/// <summary>Configures the hosts of the silos of a test cluster. Needs a constructor without parameters.</summary>
public interface IHostConfigurator
{
    /// <summary>Configures the host of one silo.</summary>
    void Configure(IHostBuilder hostBuilder);
}
