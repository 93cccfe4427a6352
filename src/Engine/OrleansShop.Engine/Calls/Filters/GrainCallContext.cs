using System.Reflection;
using System.Runtime.ExceptionServices;
using Orleans;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace OrleansShop.Engine.Calls.Filters;

/// <summary>A call on its way through a chain of filters: what incoming and outgoing calls have in common.</summary>
internal abstract class GrainCallContext(GrainCall call) : IGrainCallContext
{
    private Response? _response;

    protected GrainCall Call => call;

    public IInvokable Request => call;

    public abstract object Grain { get; }

    public GrainId? SourceId => call.SourceId;

    public GrainId TargetId => call.TargetId;

    public GrainInterfaceType InterfaceType => call.Target.Interface;

    public string InterfaceName => call.GetInterfaceName();

    public string MethodName => call.Method.Name;

    public MethodInfo InterfaceMethod => call.GetMethod();

    public object? Result
    {
        get => call.ResultObject;
        set
        {
            call.ResultObject = value;
            call.Exception = null;
            _response = null;
        }
    }

    public Response? Response
    {
        get => _response ??= call.ToResponse();
        set
        {
            _response = value;
            call.Exception = value?.Exception;
            if (value is not null && value.Exception is null) call.ResultObject = value.Result;
        }
    }

    public abstract Task Invoke();

    /// <summary>Runs the whole chain; afterwards the call has its outcome: what the filters have made of it.</summary>
    public async Task RunChain()
    {
        try
        {
            await Invoke();

            // A filter that caught the exception of the call has handled it, unless it put one into the response.
            call.Exception = _response?.Exception;
        }
        catch (Exception e)
        {
            call.Fail(e);
        }
    }

    /// <summary>Drops what an earlier attempt left behind: a filter may invoke more than once.</summary>
    protected void Forget()
    {
        _response = null;
        call.Exception = null;
    }

    protected void ThrowIfFailed()
    {
        if (call.Exception is { } exception) ExceptionDispatchInfo.Throw(exception);
    }
}
