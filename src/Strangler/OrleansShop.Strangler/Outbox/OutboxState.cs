using System.Collections.Immutable;

namespace OrleansShop.Strangler.Outbox;

/// <summary>
/// The part of a grain's state that holds its events, so that a change and its events are one write. Only <see cref="GrainOutbox"/> makes new ones. Immutable.
/// </summary>
/// <remarks>
/// The outbox of a grain that has had no events is a new one, each time: a serializer that reads a state may fill in the one that a new state has. An event that has been published stays here until the next write: that it was published is noted by ending the mark, see <see cref="IOutboxMarks"/>.
/// </remarks>
[GenerateSerializer, Immutable, Alias("OrleansShop.Strangler.OutboxState")]
public sealed record OutboxState
{
    /// <summary>The number of the newest event; 0 before the first. Only grows, but for a write that was undone.</summary>
    [Id(0)]
    public long LastSequence { get; init; }

    /// <summary>The events that were not known to be published when the state was written, and those of the write itself, in the order of their numbers.</summary>
    [Id(1)]
    public ImmutableArray<PendingEvent> Pending { get; init; } = [];
}

/// <summary>An event in a grain's state. Immutable.</summary>
/// <param name="Sequence">Its number among the events of the grain, from 1.</param>
/// <param name="Envelope">The event in its JSON form, whole: what is published is what was recorded, however often and by whichever version of the code.</param>
[GenerateSerializer, Immutable, Alias("OrleansShop.Strangler.PendingEvent")]
public sealed record PendingEvent([property: Id(0)] long Sequence, [property: Id(1)] string Envelope);
