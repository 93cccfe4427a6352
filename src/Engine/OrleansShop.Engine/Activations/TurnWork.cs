using OrleansShop.Engine.Calls;

namespace OrleansShop.Engine.Activations;

/// <summary>Something other than a call that an activation has to do in a turn: a continuation, or an action of the engine.</summary>
/// <param name="item">A <see cref="Task"/>, an <see cref="Action"/> or an <see cref="Action{T}"/> of object.</param>
/// <param name="state">The argument of the latter.</param>
internal sealed class TurnWork(object item, object? state) : TurnItem
{
    public object Item => item;

    public object? State => state;
}
