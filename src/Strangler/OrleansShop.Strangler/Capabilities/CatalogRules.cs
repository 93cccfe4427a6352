using System.Collections.Immutable;

namespace OrleansShop.Strangler.Capabilities;

/// <summary>What capabilities must not say about themselves and each other. One method a rule.</summary>
internal static class CatalogRules
{
    internal static IEnumerable<ConfigurationFault> FindFaults(ImmutableArray<CapabilityManifest> capabilities) =>
    [
        .. capabilities.SelectMany(MustHaveRoutesAndEntities),
        .. capabilities.SelectMany(RoutesMustNameEntities),
        .. capabilities.SelectMany(LegacyRoutesMustLeadToRoutes),
        .. CascadesMustExist(capabilities),
        .. KindsMustBeUnique(capabilities),
        .. TablesMustBeUnique(capabilities),
        .. RoutesMustNotOverlap(capabilities),
        .. LegacyRoutesMustNotOverlap(capabilities),
    ];

    private static IEnumerable<ConfigurationFault> MustHaveRoutesAndEntities(CapabilityManifest capability)
    {
        if (capability.Routes.IsEmpty)
        {
            yield return new(Key(capability, "Routes"), Given: null, "a list with at least one route");
        }

        if (capability.Entities.IsEmpty)
        {
            yield return new(Key(capability, "Entities"), Given: null, "a list with at least one kind of entity");
        }
    }

    private static IEnumerable<ConfigurationFault> RoutesMustNameEntities(CapabilityManifest capability)
    {
        foreach (var (index, route) in capability.Routes.Index())
        {
            if (capability.FindEntity(route.Entity) is null)
            {
                yield return new(Key(capability, $"Routes:{index}:Entity"), route.Entity,
                    $"one of the capability's entities: {string.Join(", ", capability.Entities.Select(static entity => entity.Kind))}");
            }

            var parameters = PathTemplate.Parse(route.Template).Parameters.ToList();
            if (route.Kind == RouteKind.Entity && (route.EntityParameter is null || !parameters.Contains(route.EntityParameter)))
            {
                yield return new(Key(capability, $"Routes:{index}:EntityParameter"), route.EntityParameter,
                    $"the parameter of {route.Template} that is the entity's id, because the route is of the kind Entity");
            }

            if (route.Kind != RouteKind.Entity && route.EntityParameter is not null)
            {
                yield return new(Key(capability, $"Routes:{index}:EntityParameter"), route.EntityParameter,
                    $"absent, because the route is of the kind {route.Kind}");
            }
        }
    }

    private static IEnumerable<ConfigurationFault> LegacyRoutesMustLeadToRoutes(CapabilityManifest capability)
    {
        foreach (var (index, legacy) in capability.LegacyRoutes.Index())
        {
            if (!capability.Routes.Any(route => route.Takes(HttpVerbs.Get) && string.Equals(route.Template, legacy.Target, StringComparison.OrdinalIgnoreCase)))
            {
                yield return new(Key(capability, $"LegacyRoutes:{index}:Target"), legacy.Target, "the template of one of the capability's routes that take GET");
            }

            if (PathTemplate.Parse(legacy.Target).Parameters.Except(PathTemplate.Parse(legacy.Template).Parameters).FirstOrDefault() is { } missing)
            {
                yield return new(Key(capability, $"LegacyRoutes:{index}:Template"), legacy.Template, $"a path with the parameter {{{missing}}}, which its target uses");
            }
        }
    }

    private static IEnumerable<ConfigurationFault> CascadesMustExist(ImmutableArray<CapabilityManifest> capabilities)
    {
        foreach (var capability in capabilities)
        {
            foreach (var (index, entity) in capability.Entities.Index())
            {
                foreach (var (position, cascade) in entity.Cascades.Index())
                {
                    if (cascade == capability.Name || capabilities.All(other => other.Name != cascade))
                    {
                        yield return new(Key(capability, $"Entities:{index}:Cascades:{position}"), cascade,
                            $"another capability: {string.Join(", ", capabilities.Where(other => other != capability).Select(static other => other.Name))}");
                    }
                }
            }
        }
    }

    private static IEnumerable<ConfigurationFault> KindsMustBeUnique(ImmutableArray<CapabilityManifest> capabilities) =>
        from entry in Entities(capabilities)
        group entry by entry.Entity.Kind into same
        from repeated in same.Skip(1)
        select new ConfigurationFault($"{repeated.Key}:Kind", same.Key, $"unique: {same.First().Key} has it already");

    private static IEnumerable<ConfigurationFault> TablesMustBeUnique(ImmutableArray<CapabilityManifest> capabilities) =>
        from entry in Entities(capabilities).SelectMany(static entry =>
            entry.Entity.ChildTables.Select((child, index) => (Key: $"{entry.Key}:ChildTables:{index}:Table", child.Table))
                .Prepend((Key: $"{entry.Key}:Table", entry.Entity.Table)))
        group entry by entry.Table.ToUpperInvariant() into same
        from repeated in same.Skip(1)
        select new ConfigurationFault(repeated.Key, repeated.Table, $"a table of its own: {same.First().Key} has it already");

    private static IEnumerable<ConfigurationFault> RoutesMustNotOverlap(ImmutableArray<CapabilityManifest> capabilities)
    {
        var routes = capabilities.SelectMany(static capability => capability.Routes.Select((route, index) =>
            (Key: Key(capability, $"Routes:{index}:Template"), Route: route, Template: PathTemplate.Parse(route.Template)))).ToList();
        return from second in routes.Index()
               from first in routes.Take(second.Index)
               where first.Template.IsAmbiguousWith(second.Item.Template) && first.Route.Methods.Intersect(second.Item.Route.Methods).Any()
               select new ConfigurationFault(second.Item.Key, second.Item.Route.Template,
                   $"a path that {first.Key} ({first.Route.Template}) does not answer for {string.Join(", ", first.Route.Methods.Intersect(second.Item.Route.Methods))}");
    }

    private static IEnumerable<ConfigurationFault> LegacyRoutesMustNotOverlap(ImmutableArray<CapabilityManifest> capabilities)
    {
        var paths = capabilities.SelectMany(static capability =>
            capability.LegacyRoutes.Select((legacy, index) => (Key: Key(capability, $"LegacyRoutes:{index}:Template"), legacy.Template))).ToList();
        var routes = capabilities.SelectMany(static capability =>
            capability.Routes.Select((route, index) => (Key: Key(capability, $"Routes:{index}:Template"), route.Template))).ToList();
        return from second in paths.Index()
               from first in paths.Take(second.Index).Concat(routes)
               where PathTemplate.Parse(first.Template).IsAmbiguousWith(PathTemplate.Parse(second.Item.Template))
               select new ConfigurationFault(second.Item.Key, second.Item.Template, $"a path that {first.Key} ({first.Template}) does not answer");
    }

    private static IEnumerable<(string Key, EntityManifest Entity)> Entities(ImmutableArray<CapabilityManifest> capabilities) =>
        capabilities.SelectMany(static capability => capability.Entities.Select((entity, index) => (Key(capability, $"Entities:{index}"), entity)));

    private static string Key(CapabilityManifest capability, string rest) => $"{CapabilityCatalog.Section}:{capability.Name}:{rest}";
}
