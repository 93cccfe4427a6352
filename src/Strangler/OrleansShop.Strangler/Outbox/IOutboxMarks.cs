namespace OrleansShop.Strangler.Outbox;

/// <summary>
/// The mark of one grain. It is written before a state with events is, and ended when they are published: a grain without a mark has nothing to publish, whatever its state holds. Calls are durable when their
/// task ends.
/// </summary>
public interface IOutboxMarks
{
    /// <summary>Writes the mark. One that stands keeps its <see cref="OutboxMark.From"/>, if that is lower, and gets the new token.</summary>
    /// <returns>The mark as it stands now.</returns>
    Task<OutboxMark> MarkAsync(OutboxMark mark);

    /// <summary>Returns the mark, or null if there is none.</summary>
    Task<OutboxMark?> FindAsync();

    /// <summary>Ends the mark if it has this token still; else nothing happens.</summary>
    Task EndAsync(long token);
}
