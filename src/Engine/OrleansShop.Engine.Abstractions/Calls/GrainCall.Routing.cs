using Orleans.Runtime;

namespace OrleansShop.Engine.Calls;

/// <summary>Where a call comes from, where it goes, and which list it is in.</summary>
public abstract partial class GrainCall
{
    /// <summary>The grain type, the interface and the sender shared by all references like the one called. Set before arguments are read.</summary>
    internal ReferenceTarget Target = null!;

    /// <summary>The key of the grain called.</summary>
    internal IdSpan Key;

    /// <summary>The caller: an <see cref="IGrainContext"/> of this process, a boxed <see cref="GrainId"/> from the wire, or null for code outside grains.</summary>
    internal object? Source;

    /// <summary>The caller's request context at the time of the call; null when empty.</summary>
    internal Dictionary<string, object>? RequestContextData;

    /// <summary>
    /// In the caller's process: the slot in the table of outstanding calls, 0 when it is in none.
    /// In the callee's process: the number by which the caller's process knows it.
    /// </summary>
    internal long CorrelationId;

    /// <summary>When the caller stops waiting, in milliseconds of this process's own clock; <see cref="long.MaxValue"/> for never.</summary>
    internal long DeadlineMs = long.MaxValue;

    /// <summary>Where the answer goes if the call came from another process; null for a caller in this process.</summary>
    internal IReplySink? ReplySink;

    /// <summary>When it was made, as a <see cref="System.Diagnostics.Stopwatch"/> time stamp; 0 while nobody listens to the latency of calls.</summary>
    internal long MadeAt;

    /// <summary>The silo that the call was sent to, so that it can be failed when that silo dies; null while it is in this process.</summary>
    internal SiloAddress? RemoteSilo;

    /// <summary>The next call of the list it is in: an activation's inbox, its queue, or its running calls.</summary>
    internal GrainCall? Next;

    /// <summary>The call before it among an activation's running calls.</summary>
    internal GrainCall? Previous;

    /// <summary>Cancellation of this call, when it can be cancelled.</summary>
    internal CallCancellation? Cancellation;

    /// <summary>Sees the answer before the caller does; null when the caller has no filters.</summary>
    internal IAnswerInterceptor? Interceptor;

    /// <summary>See <see cref="CallFlags"/>. Written by one owner at a time, except <see cref="CallFlags.Abandoned"/>, which is advisory.</summary>
    internal CallFlags Flags;

    /// <summary>How often it was sent on because a silo was not the owner.</summary>
    internal byte ForwardCount;

    /// <summary>The grain called.</summary>
    internal GrainId TargetId => new(Target.GrainType, Key);

    /// <summary>The calling grain, or null for code outside grains.</summary>
    internal GrainId? SourceId => Source switch
    {
        IGrainContext context => context.GrainId,
        GrainId id => id,
        _ => null,
    };

    internal bool Is(CallFlags flag) => (Flags & flag) != 0;

    /// <summary>Addresses the call and takes over what the method's attributes say.</summary>
    internal void Address(ReferenceTarget target, IdSpan key)
    {
        Target = target;
        Key = key;

        // The traits and the flags share their first three bits.
        var traits = Method.Traits;
        if ((traits & GrainMethodTraits.OneWay) != 0) Flags |= CallFlags.OneWay;
        if ((traits & GrainMethodTraits.ReadOnly) != 0) Flags |= CallFlags.ReadOnly;
        if ((traits & GrainMethodTraits.AlwaysInterleave) != 0) Flags |= CallFlags.AlwaysInterleave;
    }

    /// <summary>
    /// For a call from the wire whose caller may cancel it: gives the callee a token that <see cref="CancelCallee"/> cancels.
    /// Before the call is delivered.
    /// </summary>
    internal void EnableCancellation()
    {
        Flags |= CallFlags.Cancellable;
        Cancellation = new CallCancellation();
        CancellationToken = Cancellation.Callee.Token;
    }

    /// <summary>Tells the callee that nobody waits any more. A call that has not started will not start.</summary>
    internal void CancelCallee()
    {
        Flags |= CallFlags.Abandoned;
        Cancellation?.CancelCallee(this);
    }
}
