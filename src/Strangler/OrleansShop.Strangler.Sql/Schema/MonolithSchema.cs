using System.Collections.Immutable;
using System.Data.Common;
using OrleansShop.Strangler.Capabilities;
using OrleansShop.Strangler.Sql.Databases;
using OrleansShop.Strangler.Sql.Users;

namespace OrleansShop.Strangler.Sql.Schema;

/// <summary>The tables of all capabilities, as the database really has them. Immutable.</summary>
internal sealed class MonolithSchema
{
    private readonly ImmutableDictionary<(string Capability, string Kind), EntitySchema> _entities;

    private MonolithSchema(IEnumerable<EntitySchema> entities) =>
        _entities = entities.ToImmutableDictionary(static entity => (entity.Manifest.Capability, entity.Manifest.Kind));

    internal EntitySchema? Find(string capability, string kind) => _entities.GetValueOrDefault((capability, kind));

    /// <summary>Compares the configuration with the database.</summary>
    /// <exception cref="CapabilityConfigurationException">The configuration names what the database does not have; it lists every fault.</exception>
    internal static async Task<MonolithSchema> ReadAsync(
        CapabilityCatalog catalog, UserTable? users, ISqlDialect dialect, DbTransaction transaction)
    {
        var check = new ManifestCheck(dialect, transaction);
        var entities = new List<EntitySchema>();
        foreach (var capability in catalog.Capabilities)
        {
            foreach (var (index, entity) in capability.Entities.Index())
            {
                if (await check.ReadEntityAsync($"{CapabilityCatalog.Section}:{capability.Name}:Entities:{index}", entity) is { } schema)
                {
                    entities.Add(schema);
                }
            }
        }

        List<ConfigurationFault> faults = [.. check.Faults];
        if (users is not null)
        {
            faults.AddRange(await UserReader.FindFaultsAsync(users, dialect, transaction));
        }

        return faults.Count == 0 ? new MonolithSchema(entities) : throw new CapabilityConfigurationException(faults);
    }
}
