using System.Collections.Immutable;
using System.Diagnostics;

namespace OrleansShop.Strangler.Outbox.Protocol;

/// <summary>
/// What an activation knows of its outbox beyond the stored state: how far it is published, and which mark stands. The rules of the outbox, without clock, storage and queue.
/// </summary>
/// <remarks>
/// What holds, whatever crashes:
/// <list type="number">
/// <item>A state with an event that was not published is stored only after a mark whose <c>From</c> is not above that event.</item>
/// <item>A mark is ended, by the token of its last writer, only when every stored event is published, and only by an activation that has written the state itself: a write that an activation before it had on its way, and that the
/// mark stands for, is refused from then on.</item>
/// <item>An event is dropped from the state only when it is published, or when its write was undone before it was released.</item>
/// </list>
/// From 1 and 2: no mark, nothing to publish. So an activation that finds events in its state and knows nothing asks the mark, and need not write the state again to note what it has published.
/// </remarks>
internal sealed record OutboxLedger
{
    /// <summary>Whether <see cref="PublishedThrough"/> is known, which it is not at the beginning of an activation whose state holds events.</summary>
    public bool IsKnown { get; private init; }

    /// <summary>Every stored event up to this number is published.</summary>
    public long PublishedThrough { get; private init; }

    /// <summary>The token of the mark that this activation has written or found and not begun to end; null if there is none.</summary>
    public long? Token { get; private init; }

    /// <summary>Whether this activation has written the mark. One that was only found may be being ended by a late call of whoever wrote it.</summary>
    public bool OwnsMark { get; private init; }

    /// <summary>Whether this activation has written the state, so that no late write of another can follow.</summary>
    public bool HasWritten { get; private init; }

    /// <summary>Whether a write has begun that is not released: its events are not seen here, and its mark stays.</summary>
    public bool IsWriting { get; private init; }

    /// <summary>An activation has read its state.</summary>
    public static OutboxLedger Opened(OutboxState stored) => stored.Pending.IsEmpty
        ? new OutboxLedger { IsKnown = true, PublishedThrough = stored.LastSequence }
        : new OutboxLedger();

    /// <summary>The mark was read, in a turn in which nothing else writes the state or the mark.</summary>
    /// <param name="stored">The state.</param>
    /// <param name="from">The mark's; null if there is no mark.</param>
    /// <param name="token">The mark's; null if there is no mark.</param>
    public OutboxLedger Found(OutboxState stored, long? from, long? token) => this with
    {
        IsKnown = true,
        PublishedThrough = IsKnown ? PublishedThrough : Known(stored, from),
        Token = token,
        OwnsMark = false,
    };

    /// <summary>A write with events begins.</summary>
    public OutboxLedger Writing() => this with { IsWriting = true };

    /// <summary>The write has ended: its events count now, if it was made and not undone.</summary>
    public OutboxLedger Released() => this with { IsWriting = false };

    /// <summary>The state was written.</summary>
    public OutboxLedger Written() => this with { HasWritten = true };

    /// <summary>A mark was written for the next write.</summary>
    /// <param name="stored">The state before that write.</param>
    /// <param name="from">The mark's, as it stands now.</param>
    /// <param name="token">The mark's.</param>
    public OutboxLedger Marked(OutboxState stored, long from, long token)
    {
        Debug.Assert(from <= stored.LastSequence + 1, "A mark begins no later than the next event.");
        return Found(stored, from, token) with { OwnsMark = true };
    }

    /// <summary>The state with more events, to be stored next. What is published is left out.</summary>
    public OutboxState Record(OutboxState stored, ImmutableArray<string> envelopes)
    {
        Debug.Assert(envelopes.IsEmpty || Token is not null, "A mark stands before events are stored.");
        var unpublished = Unpublished(stored);
        if (envelopes.IsEmpty) return unpublished.Length == stored.Pending.Length ? stored : stored with { Pending = unpublished };

        var first = stored.LastSequence + 1;
        return new OutboxState
        {
            LastSequence = stored.LastSequence + envelopes.Length,
            Pending = [.. unpublished, .. envelopes.Select((envelope, place) => new PendingEvent(first + place, envelope))],
        };
    }

    /// <summary>The state without the events of its newest write, which is being undone. They were not released, so nobody has seen them, and their numbers are given again.</summary>
    /// <param name="stored">The state.</param>
    /// <param name="before">The number of the newest event before that write.</param>
    public OutboxState Undo(OutboxState stored, long before)
    {
        Debug.Assert(!IsKnown || PublishedThrough <= before, "What is undone was not published.");
        return stored with { LastSequence = before, Pending = Unpublished(stored).RemoveAll(pending => pending.Sequence > before) };
    }

    /// <summary>The events that have to be published, in their order. Empty while nothing is known.</summary>
    public ImmutableArray<PendingEvent> Due(OutboxState released) => IsKnown ? Unpublished(released) : [];

    /// <summary>An event was accepted by the queue.</summary>
    public OutboxLedger Published(long sequence)
    {
        Debug.Assert(IsKnown && sequence > PublishedThrough, "Events are published in the order of their numbers.");
        return this with { PublishedThrough = sequence };
    }

    /// <summary>Whether the mark is not needed any more.</summary>
    public bool MayEndMark(OutboxState released) => !IsWriting && HasWritten && IsKnown && Token is not null && PublishedThrough >= released.LastSequence;

    /// <summary>The mark is about to be ended: from now on the next write needs a new one, whether or not the ending succeeds.</summary>
    public OutboxLedger Ending() => this with { Token = null, OwnsMark = false };

    private ImmutableArray<PendingEvent> Unpublished(OutboxState stored) =>
        IsKnown && !stored.Pending.IsEmpty && stored.Pending[0].Sequence <= PublishedThrough ? stored.Pending.RemoveAll(pending => pending.Sequence <= PublishedThrough) : stored.Pending;

    private static long Known(OutboxState stored, long? from) => from is { } first ? Math.Min(first - 1, stored.LastSequence) : stored.LastSequence;
}
