namespace OrleansShop.Strangler.Replication;

/// <summary>When a grain acknowledges a write to an entity that it owns. The manifest of a capability says it, as <c>Replication</c>.</summary>
public enum ReplicationMode
{
    /// <summary>When the monolith's rows have it. Without the monolith's database nothing can be written.</summary>
    Sync = 0,

    /// <summary>
    /// As <see cref="Sync"/> while the bridge answers. When it does not, a change of an entity is acknowledged as soon as it is stored, and the monolith's rows get the newest state later. Creations and deletions wait all the
    /// same, so that foreign keys hold.
    /// </summary>
    Lag = 1,
}
