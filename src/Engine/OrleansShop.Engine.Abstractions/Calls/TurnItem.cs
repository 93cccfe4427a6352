namespace OrleansShop.Engine.Calls;

/// <summary>
/// Something that an activation has to do in a turn and that is not a call to it: a continuation, an action of the engine, or the
/// answer to a call that it made. Linked through itself, so that an answer that arrives allocates nothing.
/// </summary>
public abstract class TurnItem
{
    /// <summary>The item behind it in an activation's inbox.</summary>
    internal TurnItem? NextItem;

    private protected TurnItem()
    {
    }
}
