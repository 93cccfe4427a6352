using System.Collections.Immutable;
using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Capabilities;
using OrleansShop.Strangler.Sql.Databases;
using OrleansShop.Strangler.Sql.Users;

namespace OrleansShop.Strangler.Sql.Schema;

/// <summary>The tables of all capabilities, compared with the database on the first use that reaches it and kept from then on. Thread-safe.</summary>
internal sealed class CheckedSchema(CapabilityCatalog catalog, UserTable? users, IMonolithDatabase database)
{
    /// <summary>Null until the database has been compared with the manifests, and again when it turned out to have changed.</summary>
    private volatile MonolithSchema? _schema;

    /// <summary>Two first callers may both read it; they read the same.</summary>
    /// <exception cref="CapabilityConfigurationException">Manifests and database do not fit; it lists every fault.</exception>
    internal async Task<MonolithSchema> GetAsync(CancellationToken cancellationToken) => _schema ??= await ReadAsync(cancellationToken);

    /// <summary>Compares anew, for what must not rest on how the database looked at the start.</summary>
    /// <exception cref="CapabilityConfigurationException">Manifests and database do not fit; it lists every fault.</exception>
    internal async Task<MonolithSchema> RefreshAsync(CancellationToken cancellationToken)
    {
        _schema = null;
        return await GetAsync(cancellationToken);
    }

    internal async Task<EntitySchema> EntityAsync(string capability, string kind, CancellationToken cancellationToken) =>
        Find(await GetAsync(cancellationToken), capability, kind);

    /// <summary>The kinds of a capability, those that others refer to first.</summary>
    internal async Task<ImmutableArray<EntitySchema>> EntitiesAsync(string capability, CancellationToken cancellationToken)
    {
        var found = await GetAsync(cancellationToken);
        return EntitiesOf(found, capability);
    }

    internal ImmutableArray<EntitySchema> EntitiesOf(MonolithSchema found, string capability) => catalog.Find(capability) is { } manifest
        ? [.. manifest.Entities.Select(entity => Find(found, capability, entity.Kind))]
        : throw new BridgeRefusedException(BridgeRefusal.Invalid, $"No capability '{capability}' is configured at the bridge.");

    internal static EntitySchema Find(MonolithSchema schema, string capability, string kind) =>
        schema.Find(capability, kind) ?? throw new BridgeRefusedException(
            BridgeRefusal.Invalid, $"No capability '{capability}' with a kind '{kind}' is configured at the bridge.");

    private Task<MonolithSchema> ReadAsync(CancellationToken cancellationToken) => database.ReadAsync(
        transaction => MonolithSchema.ReadAsync(catalog, users, database.Dialects.Sql, transaction), cancellationToken);
}
