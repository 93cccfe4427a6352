using System.Numerics;
using Orleans.Runtime;

namespace OrleansShop.Engine.Calls;

/// <summary>
/// The calls of this process that wait for an answer, local and remote. A call leaves exactly once, and whoever takes it out
/// completes it: the answer, the response timeout, the caller's cancellation, or the death of the silo it was sent to.
/// </summary>
/// <remarks>
/// Hot path: adding and removing cost one uncontended lock each and allocate nothing. There is no timer per call; a sweep over
/// the slots finds those that are overdue. Benchmark: hosted-client ping.
/// </remarks>
internal sealed class PendingCalls
{
    private const int StripeBits = 6;
    private const int SlotBits = 26;

    private readonly PendingStripe[] _stripes;
    private readonly int _mask;

    public PendingCalls()
    {
        _stripes = new PendingStripe[Math.Min(1 << StripeBits, (int)BitOperations.RoundUpToPowerOf2((uint)Environment.ProcessorCount * 4))];
        for (var i = 0; i < _stripes.Length; i++) _stripes[i] = new PendingStripe();
        _mask = _stripes.Length - 1;
    }

    /// <summary>Called for each call that got no answer in time, after it was taken out; it has to complete it.</summary>
    public Action<GrainCall>? TimedOut { get; set; }

    /// <summary>How many calls wait.</summary>
    public int Count => _stripes.Sum(static stripe => stripe.Count);

    /// <summary>Adds a call and gives it the correlation id by which its answer finds it.</summary>
    public void Add(GrainCall call)
    {
        var index = Environment.CurrentManagedThreadId & _mask;
        _stripes[index].Add(call, index);
    }

    /// <summary>Takes a call out. True for one caller only, who then completes it.</summary>
    public bool TryRemove(GrainCall call) => Take(call.CorrelationId, call) is not null;

    /// <summary>Takes out the call that an answer from the wire belongs to; null if it is late, or answers nothing that was asked.</summary>
    public GrainCall? Take(long correlationId) => Take(correlationId, expected: null);

    /// <summary>Finds a call without taking it out, for a note about it from the wire.</summary>
    public GrainCall? Find(long correlationId) => StripeOf(correlationId)?.Find(SlotOf(correlationId), correlationId);

    /// <summary>Fails every call that was sent to a silo.</summary>
    public void FailAll(SiloAddress silo, Func<GrainCall, Exception> reason)
    {
        foreach (var call in TakeWhere(call => silo.Equals(call.RemoteSilo)))
        {
            call.GiveUp(reason(call));
        }
    }

    /// <summary>Takes out the calls whose deadline has passed and gives them to <see cref="TimedOut"/>.</summary>
    public void Sweep(long nowMs)
    {
        List<GrainCall>? overdue = null;
        foreach (var stripe in _stripes) stripe.TakeOverdue(nowMs, ref overdue);
        if (overdue is null) return;
        foreach (var call in overdue) TimedOut?.Invoke(call);
    }

    /// <summary>Takes out the calls that satisfy a condition. Slow: looks at every slot.</summary>
    public List<GrainCall> TakeWhere(Func<GrainCall, bool> condition)
    {
        var taken = new List<GrainCall>();
        foreach (var stripe in _stripes) stripe.TakeWhere(condition, taken);
        return taken;
    }

    /// <summary>The id says stripe, slot and a sequence number, so that an answer to an earlier call of the slot does not fit.</summary>
    internal static long IdOf(int stripe, int slot, uint sequence) => ((long)(sequence & int.MaxValue) << (StripeBits + SlotBits)) | ((long)slot << StripeBits) | (uint)stripe;

    private GrainCall? Take(long id, GrainCall? expected) => StripeOf(id)?.Take(SlotOf(id), id, expected);

    // Ids come from the wire too: one that names no stripe must not throw.
    private PendingStripe? StripeOf(long id)
    {
        var index = (int)(id & ((1 << StripeBits) - 1));
        return index < _stripes.Length ? _stripes[index] : null;
    }

    private static int SlotOf(long id) => (int)((id >> StripeBits) & ((1 << SlotBits) - 1));
}
