using Orleans;
using Orleans.Runtime;

namespace OrleansShop.Engine.Calls.Filters;

/// <summary>A call that is being made: the filters in the order of their registration, then the sending, then the answer on its way back.</summary>
internal sealed class OutgoingCallContext(GrainCall call, OutgoingFilters filters, CallSender sender) : GrainCallContext(call), IOutgoingGrainCallContext, IAnswerInterceptor
{
    private TaskCompletionSource? _answered;
    private int _next;

    public override object Grain => sender.ReferenceTo(Call);

    public IGrainContext? SourceContext => Call.Source as IGrainContext;

    public override async Task Invoke()
    {
        var index = _next++;
        try
        {
            if (index < filters.Count) await filters[index].Invoke(this);
            else await SendAndWait();
        }
        finally
        {
            // Back to where this filter stands, so that the one before may invoke again: to send once more.
            _next = index;
        }
    }

    /// <inheritdoc/>
    public void Answered(GrainCall call) => _answered!.TrySetResult();

    private async Task SendAndWait()
    {
        Forget();
        if (Call.Is(CallFlags.OneWay))
        {
            sender.Dispatch(Call);
            return;
        }

        _answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Call.Interceptor = this;
        Call.RemoteSilo = null;
        sender.Dispatch(Call);
        await _answered.Task;
        ThrowIfFailed();
    }
}
