using System.Collections.Immutable;
using OrleansShop.Strangler.Replication;

namespace OrleansShop.Strangler.Capabilities;

/// <summary>
/// What the strangler knows of one capability: where its grain service is, which requests are its, and where its rows lie in the
/// monolith's database. Immutable; made by <see cref="CapabilityCatalog.Read"/>, which lets no invalid one through.
/// </summary>
/// <param name="Name">The name of the capability, unique, in lower-case letters, digits and hyphens.</param>
/// <param name="Services">The base addresses of the processes of the capability's grain service. Never empty.</param>
/// <param name="Routes">The requests that belong to the capability. Never empty.</param>
/// <param name="LegacyRoutes">Older paths that are answered from the routes.</param>
/// <param name="Entities">
/// The kinds of entity that move together, those that others refer to first: imports and exports run in this order, deletions in the reverse.
/// </param>
public sealed record CapabilityManifest(
    string Name,
    ImmutableArray<Uri> Services,
    ImmutableArray<CapabilityRoute> Routes,
    ImmutableArray<LegacyRoute> LegacyRoutes,
    ImmutableArray<EntityManifest> Entities)
{
    /// <summary>The first of <see cref="Services"/>. They are equal: whoever asks for one thing may ask any of them.</summary>
    public Uri Service => Services[0];

    /// <summary>What does not count when answers of both sides are compared.</summary>
    public CompareRules Compare { get; init; } = CompareRules.None;

    /// <summary>When writes to entities that grains own are acknowledged.</summary>
    public ReplicationMode Replication => Entities.Any(static entity => entity.Replication == ReplicationMode.Lag) ? ReplicationMode.Lag : ReplicationMode.Sync;

    /// <summary>By which steps a rollout moves the capability.</summary>
    public RolloutManifest Rollout { get; init; } = RolloutManifest.Default;

    /// <summary>The other capabilities whose data a DELETE of some entity of this one also deletes, without repetition.</summary>
    public ImmutableArray<string> Cascades { get; } =
        [.. Entities.SelectMany(static entity => entity.Cascades).Distinct(StringComparer.Ordinal)];

    /// <summary>Returns the kind of entity with this name, or null.</summary>
    public EntityManifest? FindEntity(string kind) => Entities.FirstOrDefault(entity => entity.Kind == kind);
}
