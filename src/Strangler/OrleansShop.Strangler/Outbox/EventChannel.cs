using OrleansShop.Strangler.Index;

namespace OrleansShop.Strangler.Outbox;

/// <summary>How the entities of one kind publish their events. One instance per process, thread-safe.</summary>
/// <param name="Capability">The capability, with which sources begin.</param>
/// <param name="Namespace">The namespace of the streams; the key is the entity's id.</param>
/// <param name="Marks">The service's marks.</param>
/// <param name="Publishing">What all outboxes of the process share.</param>
public sealed record EventChannel(string Capability, string Namespace, IOutboxMarkTable Marks, EventPublishing Publishing)
{
    /// <summary>The outbox of an activation.</summary>
    /// <param name="grain">The entity's grain.</param>
    /// <param name="key">Which entity.</param>
    /// <param name="stored">What its state holds.</param>
    public GrainOutbox Open(IGrainBase grain, EntityKey key, OutboxState stored)
    {
        var id = key.Id.ToString();
        var stream = key.Id.IsNumber ? StreamId.Create(Namespace, (long)key.Id) : StreamId.Create(Namespace, id);
        var source = new EventSource(stream, $"/{Capability}/{key.Kind}/{id}", id);
        return new GrainOutbox(grain, source, new EntityMarks(Marks, key), Publishing, stored);
    }
}
