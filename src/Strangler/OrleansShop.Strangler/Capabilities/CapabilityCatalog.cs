using System.Collections.Immutable;
using Microsoft.Extensions.Configuration;

namespace OrleansShop.Strangler.Capabilities;

/// <summary>All capabilities of an installation. Immutable and valid: <see cref="Read"/> throws otherwise.</summary>
public sealed class CapabilityCatalog
{
    private readonly ImmutableArray<(PathTemplate Template, CapabilityRoute Route)> _bySpecificity;

    internal CapabilityCatalog(string basePath, ImmutableArray<CapabilityManifest> capabilities)
    {
        BasePath = basePath;
        Capabilities = capabilities;
        _bySpecificity =
        [
            .. capabilities.SelectMany(static capability => capability.Routes)
                .Select(static route => (Template: PathTemplate.Parse(route.Template), Route: route))
                .OrderBy(static entry => entry.Template, PathTemplate.MostSpecificFirst),
        ];
    }

    /// <summary>The configuration section with one child per capability.</summary>
    public const string Section = "Capabilities";

    /// <summary>The configuration key of the path that all routes begin with.</summary>
    public const string BasePathKey = "Strangler:BasePath";

    /// <summary>The path that all routes begin with, such as <c>/api</c>; empty when they begin at the root.</summary>
    public string BasePath { get; }

    /// <summary>The capabilities in the order of their names.</summary>
    public ImmutableArray<CapabilityManifest> Capabilities { get; }

    /// <summary>Reads and checks the whole configuration.</summary>
    /// <exception cref="CapabilityConfigurationException">Something is wrong; it lists every fault.</exception>
    public static CapabilityCatalog Read(IConfiguration configuration) => CatalogReader.Read(configuration);

    /// <summary>Returns the capability of this name, or null.</summary>
    public CapabilityManifest? Find(string name) => Capabilities.FirstOrDefault(capability => capability.Name == name);

    /// <summary>Returns the capability of this name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public CapabilityManifest Get(string name) => Find(name) ?? throw new KeyNotFoundException(
        $"There is no capability '{name}' in the section {Section}; there are {string.Join(", ", Capabilities.Select(static capability => capability.Name))}.");

    /// <summary>Returns a kind of entity, or null when the capability or its kind does not exist.</summary>
    public EntityManifest? FindEntity(string capability, string kind) => Find(capability)?.FindEntity(kind);

    /// <summary>Finds the route that a request belongs to, literals before parameters as in ASP.NET Core, or null. Costs one comparison per route.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="path">The path of the request with the base path.</param>
    public RouteMatch? Match(string method, string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        foreach (var (template, route) in _bySpecificity)
        {
            if (route.Takes(method) && template.TryMatch(path, out var values))
            {
                return new RouteMatch(route, route.EntityParameter is { } parameter ? values[parameter] : null);
            }
        }

        return null;
    }
}
