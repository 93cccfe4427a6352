namespace OrleansShop.Strangler.Events;

/// <summary>A state with the part that an <see cref="Inbox{T}"/> keeps.</summary>
/// <typeparam name="T">What the consumer itself keeps. An immutable record.</typeparam>
[GenerateSerializer, Alias("OrleansShop.Strangler.InboxedState`1")]
public sealed class InboxedState<T>
    where T : class, new()
{
    /// <summary>What the consumer keeps.</summary>
    [Id(0)]
    public T Value { get; set; } = new();

    /// <summary>Which events it has handled.</summary>
    [Id(1)]
    public InboxState Inbox { get; set; } = new();
}

/// <summary>
/// A grain's state that takes each event once, however often it is delivered: what an event changes and that it was handled are one write. Used in the grain's turns only.
/// </summary>
/// <remarks>
/// Cost: the write that the change needs anyway; a duplicate costs nothing. What else the handling of an event does, such as a call, is done again if the write after it was lost, so it has to be something that may be repeated, or to be
/// recorded in the outbox of the same state.
/// </remarks>
/// <typeparam name="T">What the consumer itself keeps. An immutable record.</typeparam>
/// <param name="stored">The grain's state.</param>
public sealed class Inbox<T>(IPersistentState<InboxedState<T>> stored)
    where T : class, new()
{
    /// <summary>What the consumer keeps.</summary>
    public T Value => stored.State.Value;

    /// <summary>Handles an event unless that was done before.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="change">Returns the consumer's state after the event. Runs only for a new event, and again for the same one if the write fails.</param>
    /// <returns>What the event was; <see cref="EventReceipt.New"/> when it has been handled now.</returns>
    /// <exception cref="Orleans.Storage.InconsistentStateException">Another activation wrote meanwhile: this one ends, and the event comes again.</exception>
    public Task<EventReceipt> HandleAsync(CloudEvent happened, Func<T, T> change) => HandleAsync(happened, value => Task.FromResult(change(value)));

    /// <inheritdoc cref="HandleAsync(CloudEvent, Func{T, T})"/>
    public async Task<EventReceipt> HandleAsync(CloudEvent happened, Func<T, Task<T>> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        var receipt = stored.State.Inbox.Look(happened);
        if (receipt != EventReceipt.New) return receipt;

        var before = stored.State;
        var value = await change(before.Value);
        Invariant.Holds(ReferenceEquals(before, stored.State), $"nothing else was written while {happened.Id} was handled");
        stored.State = new InboxedState<T> { Value = value, Inbox = before.Inbox.With(happened) };
        try
        {
            await stored.WriteStateAsync();
        }
        catch
        {
            // What was not stored does not count; whether it was, the next read says.
            stored.State = before;
            throw;
        }

        return EventReceipt.New;
    }
}
