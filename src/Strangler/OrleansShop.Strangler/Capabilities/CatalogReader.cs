using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using OrleansShop.Strangler.Keys;
using OrleansShop.Strangler.Replication;

namespace OrleansShop.Strangler.Capabilities;

/// <summary>
/// Reads the configuration in three steps: the values one by one (here), what they say about each other (<see cref="CatalogRules"/>),
/// and then all faults at once or the catalog.
/// </summary>
internal sealed class CatalogReader
{
    private static readonly string[] CapabilityKeys = ["Service", "Routes", "LegacyRoutes", "Entities", "CompareRules", "Replication", "Rollout"];
    private static readonly string[] RouteKeys = ["Template", "Methods", "Kind", "Entity", "EntityParameter"];
    private static readonly string[] LegacyRouteKeys = ["Template", "Target", "Collect"];
    private static readonly string[] EntityKeys = ["Kind", "Table", "KeyColumn", "KeyType", "ChildTables", "References", "Cascades"];
    private static readonly string[] CompareKeys = ["Ignored", "Unordered"];
    private static readonly string[] ChildTableKeys = ["Table", "KeyColumn"];

    private readonly List<ConfigurationFault> _faults = [];
    private string _basePath = "";

    internal static CapabilityCatalog Read(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var reader = new CatalogReader();
        reader.ReadBasePath(configuration.GetSection(CapabilityCatalog.BasePathKey));
        var capabilities = configuration.GetSection(CapabilityCatalog.Section).GetChildren()
            .OrderBy(static section => section.Key, StringComparer.Ordinal)
            .Select(reader.ReadCapability)
            .ToImmutableArray();
        if (capabilities.IsEmpty)
        {
            reader.Fault(CapabilityCatalog.Section, given: null, "a section with one child per capability");
        }

        reader._faults.AddRange(CatalogRules.FindFaults(capabilities));
        return reader._faults.Count == 0
            ? new CapabilityCatalog(reader._basePath, capabilities)
            : throw new CapabilityConfigurationException(reader._faults);
    }

    private void ReadBasePath(IConfigurationSection section)
    {
        var given = section.Value ?? "";
        if (given.Length > 0 && (!PathTemplate.TryParse(given, out var template) || template.Parameters.Any()))
        {
            Fault(section.Path, given, "empty or a path without parameters and without a slash at its end, such as /api");
            return;
        }

        _basePath = given;
    }

    private CapabilityManifest ReadCapability(IConfigurationSection section)
    {
        CheckKeys(section, CapabilityKeys);
        var name = section.Key;
        if (!IsName(name))
        {
            Fault(section.Path, name, "named in lower-case letters, digits and hyphens");
        }

        var replication = ReadReplication(section.GetSection("Replication"));
        var entities = section.GetSection("Entities").GetChildren().Select(entity => ReadEntity(name, entity) with { Replication = replication }).ToImmutableArray();
        var kinds = entities.GroupBy(static entity => entity.Kind).ToDictionary(static kind => kind.Key, static kind => kind.First());
        return new CapabilityManifest(
            name,
            ReadServices(section.GetSection("Service")),
            [.. section.GetSection("Routes").GetChildren().Select(route => ReadRoute(name, route, kinds))],
            [.. section.GetSection("LegacyRoutes").GetChildren().Select(route => ReadLegacyRoute(name, route))],
            entities)
        {
            Compare = ReadCompareRules(section.GetSection("CompareRules")),
            Rollout = ReadRollout(section.GetSection("Rollout")),
        };
    }

    private ImmutableArray<Uri> ReadServices(IConfigurationSection section)
    {
        var services = ImmutableArray.CreateBuilder<Uri>();
        foreach (var given in (section.Value ?? "").Split(';', StringSplitOptions.TrimEntries))
        {
            if (Uri.TryCreate(given, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.PathAndQuery == "/")
            {
                services.Add(address);
                continue;
            }

            Fault(section.Path, section.Value, "http or https addresses without a path, separated by ';', such as http://127.0.0.1:9971");
            return [new Uri("http://invalid.invalid")];
        }

        return services.ToImmutable();
    }

    private CapabilityRoute ReadRoute(string capability, IConfigurationSection section, Dictionary<string, EntityManifest> kinds)
    {
        CheckKeys(section, RouteKeys);
        var template = ReadTemplate(section.GetSection("Template"));
        var methods = ReadMethods(section.GetSection("Methods"));
        var kind = ReadName(section.GetSection("Kind"), otherwise: RouteKind.List);
        var entity = ReadText(section.GetSection("Entity"), "the name of one of the capability's entities");
        var parameter = section["EntityParameter"];
        var known = kinds.GetValueOrDefault(entity);
        return new CapabilityRoute(
            capability,
            _basePath + template,
            methods,
            kind,
            entity,
            parameter,
            known is not null && methods.Contains("DELETE") ? known.Cascades : [])
        {
            KeyType = known?.KeyType ?? KeyType.Integer,
        };
    }

    private LegacyRoute ReadLegacyRoute(string capability, IConfigurationSection section)
    {
        CheckKeys(section, LegacyRouteKeys);
        return new LegacyRoute(
            capability,
            ReadTemplate(section.GetSection("Template")),
            _basePath + ReadTemplate(section.GetSection("Target")),
            ReadList(section.GetSection("Collect"), "the names of properties, outermost first"));
    }

    private EntityManifest ReadEntity(string capability, IConfigurationSection section)
    {
        CheckKeys(section, EntityKeys);
        return new EntityManifest(
            capability,
            ReadText(section.GetSection("Kind"), "the name of the kind"),
            ReadIdentifier(section.GetSection("Table")),
            ReadIdentifier(section.GetSection("KeyColumn")),
            [.. section.GetSection("ChildTables").GetChildren().Select(ReadChildTable)],
            [.. section.GetSection("References").GetChildren().Select(ReadIdentifier)],
            ReadList(section.GetSection("Cascades"), "the names of other capabilities"))
        {
            KeyType = section["KeyType"] is null ? KeyType.Integer : ReadName(section.GetSection("KeyType"), otherwise: KeyType.Integer),
        };
    }

    private ReplicationMode ReadReplication(IConfigurationSection section)
    {
        if (!section.Exists()) return ReplicationMode.Sync;
        if (Enum.GetNames<ReplicationMode>().Contains(section.Value)) return Enum.Parse<ReplicationMode>(section.Value!);

        Fault(section.Path, section.Value, $"one of {string.Join(", ", Enum.GetNames<ReplicationMode>())}");
        return ReplicationMode.Sync;
    }

    private CompareRules ReadCompareRules(IConfigurationSection section)
    {
        CheckKeys(section, CompareKeys);
        return new CompareRules(
            ReadPaths(section.GetSection("Ignored"), takesRoot: false),
            ReadPaths(section.GetSection("Unordered"), takesRoot: true));
    }

    private RolloutManifest ReadRollout(IConfigurationSection section)
    {
        CheckKeys(section, RolloutReader.Keys);
        CheckKeys(section.GetSection("Limits"), RolloutReader.LimitKeys);
        return new RolloutReader(_faults.Add).Read(section);
    }

    private ImmutableArray<string> ReadPaths(IConfigurationSection section, bool takesRoot)
    {
        var paths = ReadList(section, $"a list of at most {CompareRules.MaxPaths} paths");
        if (paths.Length > CompareRules.MaxPaths)
        {
            Fault(section.Path, $"{paths.Length} paths", $"at most {CompareRules.MaxPaths}");
        }

        foreach (var (index, path) in paths.Index())
        {
            if (!CompareRules.IsPath(path) && !(takesRoot && path == CompareRules.Root))
            {
                Fault($"{section.Path}:{index}", path, takesRoot ? $"{CompareRules.Wanted}, or {CompareRules.Root} for the whole document" : CompareRules.Wanted);
            }
            else if (paths.IndexOf(path) < index)
            {
                Fault($"{section.Path}:{index}", path, "named once");
            }
        }

        return paths;
    }

    private ChildTable ReadChildTable(IConfigurationSection section)
    {
        CheckKeys(section, ChildTableKeys);
        return new ChildTable(ReadIdentifier(section.GetSection("Table")), ReadIdentifier(section.GetSection("KeyColumn")));
    }

    private string ReadTemplate(IConfigurationSection section)
    {
        if (PathTemplate.TryParse(section.Value, out _))
        {
            return section.Value!;
        }

        Fault(section.Path, section.Value, PathTemplate.Wanted);
        return "/invalid-" + section.Path.Replace(':', '-');
    }

    private ImmutableArray<string> ReadMethods(IConfigurationSection section)
    {
        var methods = ReadList(section, "HTTP methods");
        if (methods.IsEmpty || methods.Except(HttpVerbs.Known).Any())
        {
            Fault(section.Path, methods.IsEmpty ? null : string.Join(", ", methods), $"a list of {string.Join(", ", HttpVerbs.Known)}");
        }

        return methods;
    }

    private T ReadName<T>(IConfigurationSection section, T otherwise)
        where T : struct, Enum
    {
        if (Enum.TryParse<T>(section.Value, out var value) && Enum.IsDefined(value) && !int.TryParse(section.Value, CultureInfo.InvariantCulture, out _))
        {
            return value;
        }

        Fault(section.Path, section.Value, $"one of {string.Join(", ", Enum.GetNames<T>())}");
        return otherwise;
    }

    /// <summary>Identifiers are quoted wherever they meet SQL; this keeps them to what both databases and their quoting surely agree on.</summary>
    private string ReadIdentifier(IConfigurationSection section)
    {
        var given = section.Value;
        if (given is { Length: > 0 and <= 63 } && !char.IsAsciiDigit(given[0]) && given.All(static c => char.IsAsciiLetterOrDigit(c) || c == '_'))
        {
            return given;
        }

        Fault(section.Path, given, "the name of a table or column: up to 63 letters, digits and underscores, not beginning with a digit");
        return "invalid";
    }

    private string ReadText(IConfigurationSection section, string wanted)
    {
        if (IsName(section.Value))
        {
            return section.Value!;
        }

        Fault(section.Path, section.Value, $"{wanted}, in lower-case letters, digits and hyphens");
        return "invalid-" + section.Path;
    }

    private ImmutableArray<string> ReadList(IConfigurationSection section, string wanted)
    {
        if (section.Value is { Length: > 0 } single)
        {
            Fault(section.Path, single, $"a list: {wanted}");
        }

        return [.. section.GetChildren().Select(static item => item.Value ?? "")];
    }

    /// <summary>A misspelt key would otherwise be a setting that silently does nothing.</summary>
    private void CheckKeys(IConfigurationSection section, string[] known)
    {
        foreach (var child in section.GetChildren().Where(child => !known.Contains(child.Key, StringComparer.OrdinalIgnoreCase)))
        {
            Fault(child.Path, child.Value, $"absent: {section.Path} knows {string.Join(", ", known)}");
        }
    }

    private void Fault(string key, string? given, string wanted) => _faults.Add(new ConfigurationFault(key, given, wanted));

    private static bool IsName(string? text) =>
        text is { Length: > 0 and <= 63 } && char.IsAsciiLetterLower(text[0]) && text.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
