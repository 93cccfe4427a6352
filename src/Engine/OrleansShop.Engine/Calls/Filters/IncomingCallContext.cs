using System.Reflection;
using Orleans;
using Orleans.Runtime;

namespace OrleansShop.Engine.Calls.Filters;

/// <summary>A call that has arrived: the silo's filters in the order of their registration, then the grain's own, then the method.</summary>
internal sealed class IncomingCallContext(GrainCall call, object target, ICallRunner runner, IncomingFilters filters) : GrainCallContext(call), IIncomingGrainCallContext
{
    private int _next;

    public override object Grain => target;

    public IGrainContext TargetContext => (IGrainContext)runner;

    public MethodInfo ImplementationMethod => filters.ImplementationOf(target.GetType(), InterfaceMethod);

    public override async Task Invoke()
    {
        var index = _next++;
        try
        {
            if (index < filters.Count)
            {
                await filters[index].Invoke(this);
            }
            else if (index == filters.Count && target is IIncomingGrainCallFilter own)
            {
                await own.Invoke(this);
            }
            else
            {
                Forget();
                await Call.RunFiltered(target, runner);
            }
        }
        finally
        {
            // Back to where this filter stands, so that the one before may invoke again.
            _next = index;
        }
    }
}
