using Orleans;

namespace OrleansShop.Engine.Calls.Filters;

/// <summary>The outgoing filters of a silo or a client.</summary>
internal sealed class OutgoingFilters(IEnumerable<IOutgoingGrainCallFilter> filters)
{
    private readonly IOutgoingGrainCallFilter[] _filters = [.. filters];

    public bool IsEmpty => _filters.Length == 0;

    public int Count => _filters.Length;

    public IOutgoingGrainCallFilter this[int index] => _filters[index];

    /// <summary>Runs a call through the filters, in the caller's own flow, and completes its promise with what they make of the answer.</summary>
    public void Send(GrainCall call, CallSender sender)
    {
        // A filter may wait before it goes on; the caller may change its arguments meanwhile.
        call.IsolateArguments();
        _ = SendAsync(call, sender);
    }

    // Never fails: RunChain leaves any exception in the call.
    private async Task SendAsync(GrainCall call, CallSender sender)
    {
        await new OutgoingCallContext(call, this, sender).RunChain();
        call.CompletePromise();
    }
}
