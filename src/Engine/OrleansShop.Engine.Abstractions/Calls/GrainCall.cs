using Orleans.Serialization.Invocation;
using OrleansShop.Engine.Serialization;

namespace OrleansShop.Engine.Calls;

/// <summary>
/// One call of one grain method: its arguments, and the promise of its result. Generated code derives a class per method.
/// A call to a grain in the same process is this object, handed to the activation; a call to another process is its
/// arguments on the wire, rebuilt there as an object of the same class.
/// </summary>
public abstract partial class GrainCall : IInvokable
{
    /// <summary>The method.</summary>
    public abstract GrainMethod Method { get; }

    /// <summary>The cancellation token among the arguments, if there is one. It is not counted as an argument and not written.</summary>
    public virtual CancellationToken CancellationToken
    {
        get => default;
        set { }
    }

    /// <inheritdoc/>
    public virtual int GetArgumentCount() => 0;

    /// <inheritdoc/>
    public virtual object? GetArgument(int index) => throw new ArgumentOutOfRangeException(nameof(index), index, $"{Method.Name} has no such argument.");

    /// <inheritdoc/>
    public virtual void SetArgument(int index, object? value) => throw new ArgumentOutOfRangeException(nameof(index), index, $"{Method.Name} has no such argument.");

    /// <summary>Writes each argument as a field, ids from 0, without an end tag.</summary>
    public abstract void WriteArguments(PayloadWriter writer);

    /// <summary>Reads arguments up to and including the end tag, skipping unknown ones and leaving missing ones at their default.</summary>
    public abstract void ReadArguments(PayloadReader reader);

    /// <summary>Replaces each mutable argument by a copy, so that caller and grain share nothing.</summary>
    public abstract void CopyArguments(CopyContext context);
}

/// <summary>A call of a method that returns <c>Task&lt;TResult&gt;</c> or <c>ValueTask&lt;TResult&gt;</c>.</summary>
/// <typeparam name="TResult">What the task yields.</typeparam>
public abstract partial class GrainCall<TResult> : GrainCall
{
    /// <summary>Calls the method on <paramref name="target"/>, an object that implements the interface.</summary>
    protected abstract ValueTask<TResult> Invoke(object target);
}

/// <summary>A call of a method that returns <c>Task</c>, <c>ValueTask</c> or <c>void</c>.</summary>
public abstract partial class VoidGrainCall : GrainCall
{
    /// <summary>Calls the method on <paramref name="target"/>, an object that implements the interface.</summary>
    protected abstract ValueTask Invoke(object target);
}

/// <summary>A call of a method that returns <c>IAsyncEnumerable&lt;TItem&gt;</c>.</summary>
/// <typeparam name="TItem">What the sequence yields.</typeparam>
public abstract partial class StreamGrainCall<TItem> : GrainCall
{
    /// <summary>Calls the method on <paramref name="target"/>, an object that implements the interface.</summary>
    protected abstract IAsyncEnumerable<TItem> Invoke(object target);
}
