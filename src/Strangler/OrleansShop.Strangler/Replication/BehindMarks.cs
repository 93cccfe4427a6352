using OrleansShop.Strangler.Index;

namespace OrleansShop.Strangler.Replication;

/// <summary>
/// Which entities have acknowledged writes that the monolith's rows lack: marks in the service's own index, beside the entries of the entities, so that they are found whatever becomes of the activations. An entity has at most
/// one, however often it is written meanwhile.
/// </summary>
internal static class BehindMarks
{
    /// <summary>The most entities of a kind that are found at a time.</summary>
    internal const int MaxFound = 1000;

    /// <summary>The key of the mark of an entity. No kind of a manifest has a slash in its name.</summary>
    internal static EntityKey Of(EntityKey entity) => entity with { Kind = KindOf(entity.Kind) };

    /// <summary>What ends the mark.</summary>
    internal static IndexEntry End(EntityKey entity, long version) => new(Of(entity), version, Document: null, Terms: []);

    /// <summary>Finds the marks of a kind: those that are pending in its answer, the oldest first.</summary>
    internal static IndexQuery Query(string kind) => new(KindOf(kind), Limit: 1, PendingFor: TimeSpan.Zero);

    private static string KindOf(string kind) => kind + "/behind";
}
