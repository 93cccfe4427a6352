using Microsoft.Extensions.Configuration;
using OrleansShop.Clinic.Http.Configuration;
using OrleansShop.ServiceDefaults.Silos;
using OrleansShop.Strangler.Capabilities;

namespace OrleansShop.Clinic.Hosting;

/// <summary>Everything that a service reads before it starts, checked together, so that one start shows every fault. Immutable.</summary>
internal sealed record ServiceSettings(ApiOptions Api, SiloSettings Silo, CapabilityCatalog Capabilities)
{
    /// <exception cref="SiloConfigurationException">Something is wrong; it lists every fault.</exception>
    public static ServiceSettings Read(IConfiguration configuration)
    {
        var settings = new SettingsReader(configuration);
        var faults = new List<ConfigurationFault>();
        var api = ApiOptions.Read(settings);
        var silo = SiloSettings.Read(configuration, faults);
        var capabilities = ReadCapabilities(configuration, faults);
        faults.InsertRange(0, settings.Faults.Select(static fault => new ConfigurationFault(fault.Key, fault.Given, fault.Wanted)));
        return faults.Count == 0 ? new ServiceSettings(api, silo, capabilities!) : throw new SiloConfigurationException(faults);
    }

    private static CapabilityCatalog? ReadCapabilities(IConfiguration configuration, List<ConfigurationFault> faults)
    {
        try
        {
            return CapabilityCatalog.Read(configuration);
        }
        catch (CapabilityConfigurationException invalid)
        {
            faults.AddRange(invalid.Faults);
            return null;
        }
    }
}
