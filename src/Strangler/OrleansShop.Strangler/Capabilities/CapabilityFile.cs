using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Json;

namespace OrleansShop.Strangler.Capabilities;

/// <summary>The file that gateway, bridge and services all read, so that they cannot disagree.</summary>
public static class CapabilityFile
{
    /// <summary>The name of the file beside the executable.</summary>
    public const string Name = "capabilities.json";

    /// <summary>The configuration key that names another file.</summary>
    public const string PathKey = "Strangler:CapabilityFile";

    /// <summary>
    /// Puts the file below all other sources, so that environment variables and the command line override single values of it.
    /// A missing file is not a fault here: <see cref="CapabilityCatalog.Read"/> finds the section missing.
    /// </summary>
    /// <param name="configuration">The configuration of the process; it may name another file with <see cref="PathKey"/>.</param>
    public static IConfigurationManager AddCapabilityFile(this IConfigurationManager configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var path = Path.GetFullPath(configuration[PathKey] ?? Name, AppContext.BaseDirectory);
        var source = new JsonConfigurationSource { Path = path, Optional = true, ReloadOnChange = false };
        source.ResolveFileProvider();
        configuration.Sources.Insert(0, source);
        return configuration;
    }
}
