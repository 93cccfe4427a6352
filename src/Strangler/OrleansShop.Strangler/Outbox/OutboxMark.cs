namespace OrleansShop.Strangler.Outbox;

/// <summary>The note, outside of a grain's state, that events of its outbox may not have been published. Immutable.</summary>
/// <param name="From">Events from this number on may not have been published; those below have been.</param>
/// <param name="Token">Drawn by whoever wrote the mark last. A mark is ended by its token, so that a late call never ends the mark of a newer write.</param>
public readonly record struct OutboxMark(long From, long Token);
