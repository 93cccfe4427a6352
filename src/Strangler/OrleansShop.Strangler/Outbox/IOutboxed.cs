namespace OrleansShop.Strangler.Outbox;

/// <summary>A grain's state that has an outbox.</summary>
public interface IOutboxed
{
    /// <summary>The grain's events; a new one in the beginning.</summary>
    OutboxState Outbox { get; }
}
