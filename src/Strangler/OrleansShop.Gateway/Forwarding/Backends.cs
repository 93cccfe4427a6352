using System.Collections.Immutable;
using OrleansShop.Gateway.Settings;

namespace OrleansShop.Gateway.Forwarding;

/// <summary>The monolith and the service of each capability.</summary>
internal sealed class Backends
{
    public const string MonolithName = "monolith";

    public Backends(GatewaySettings settings)
    {
        Monolith = NewBackend(MonolithName, settings.Monolith);
        Services = [.. settings.Catalog.Capabilities.Select(static capability => NewBackend(capability.Name, capability.Services))];
        All = [Monolith, .. Services];
    }

    public Backend Monolith { get; }

    /// <summary>The services in the order of the catalog's capabilities.</summary>
    public ImmutableArray<Backend> Services { get; }

    public ImmutableArray<Backend> All { get; }

    private static Backend NewBackend(string name, ImmutableArray<Uri> addresses) =>
        new(name, [.. addresses.Select(static address => new Destination(address))]);
}
