using System.Reflection;
using Orleans.Serialization.Invocation;
using OrleansShop.Engine.Serialization;

namespace OrleansShop.Engine.Calls;

/// <summary>
/// One call of one grain method: its arguments, and the promise of its result. Generated code derives a class per method.
/// A call to a grain in the same process is this object, handed to the activation; a call to another process is its
/// arguments on the wire, rebuilt there as an object of the same class.
/// </summary>
/// <remarks>
/// What generated code overrides is in this file; where the call goes is in <c>GrainCall.Routing.cs</c>; how it ends is in
/// <c>GrainCall.Outcome.cs</c>; how it is awaited, and when the object may serve another call, is in <c>GrainCall.Promise.cs</c>.
/// </remarks>
public abstract partial class GrainCall : TurnItem, IInvokable
{
    /// <summary>The method.</summary>
    public abstract GrainMethod Method { get; }

    /// <summary>The cancellation token among the arguments, if there is one. It is not counted as an argument and not written.</summary>
    public virtual CancellationToken CancellationToken
    {
        get => default;
        set { }
    }

    /// <summary>Writes each argument as a field, ids from 0, without an end tag. Codecs come from <see cref="CodecOf{T}"/>.</summary>
    public abstract void WriteArguments(PayloadWriter writer);

    /// <summary>Reads arguments up to and including the end tag, skipping unknown ones and leaving missing ones at their default.</summary>
    public abstract void ReadArguments(PayloadReader reader);

    /// <summary>Replaces each mutable argument by a copy, so that caller and grain share nothing.</summary>
    public abstract void CopyArguments(CopyContext context);

    /// <summary>The number of arguments, the cancellation token not counted.</summary>
    public virtual int GetArgumentCount() => 0;

    /// <summary>Returns an argument; a value type is boxed. For call filters.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such argument.</exception>
    public virtual object? GetArgument(int index) => throw new ArgumentOutOfRangeException(nameof(index), index, $"{this} has no argument with this index.");

    /// <summary>Replaces an argument. For call filters.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such argument.</exception>
    public virtual void SetArgument(int index, object? value) => throw new ArgumentOutOfRangeException(nameof(index), index, $"{this} has no argument with this index.");

    /// <summary>The reflected method of the interface, closed over the type arguments of this call. Overridden for generic methods.</summary>
    public virtual MethodInfo GetMethod() => Method.Reflected;

    /// <summary>The codec of <typeparamref name="T"/> in the process or silo that this call was made in or arrived at.</summary>
    protected internal Codec<T> CodecOf<T>() => Target.Sender.Codecs.Get<T>();

    /// <inheritdoc/>
    public sealed override string ToString() => $"{Method.InterfaceType.Name}.{Method.Name} on {TargetId}";
}
