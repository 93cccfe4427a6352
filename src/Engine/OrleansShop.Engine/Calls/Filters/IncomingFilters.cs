using System.Collections.Concurrent;
using System.Reflection;
using Orleans;

namespace OrleansShop.Engine.Calls.Filters;

/// <summary>The incoming filters of a silo.</summary>
internal sealed class IncomingFilters(IEnumerable<IIncomingGrainCallFilter> filters)
{
    private readonly IIncomingGrainCallFilter[] _filters = [.. filters];
    private readonly ConcurrentDictionary<(Type, MethodInfo), MethodInfo> _implementations = new();

    public bool IsEmpty => _filters.Length == 0;

    public int Count => _filters.Length;

    public IIncomingGrainCallFilter this[int index] => _filters[index];

    /// <summary>Runs a call through the filters. The outcome goes the same way as that of a call without filters.</summary>
    public void Run(GrainCall call, object target, ICallRunner runner)
    {
        // A filter has the request in hand, and may keep it.
        call.Keep();
        _ = RunAsync(call, target, runner);
    }

    // Never fails: RunChain leaves any exception in the call.
    private async Task RunAsync(GrainCall call, object target, ICallRunner runner)
    {
        await new IncomingCallContext(call, target, runner, this).RunChain();
        runner.Ended(call);
    }

    /// <summary>The method of a class that implements an interface's method.</summary>
    public MethodInfo ImplementationOf(Type type, MethodInfo interfaceMethod) => _implementations.GetOrAdd((type, interfaceMethod), static key =>
    {
        var (type, method) = key;
        var open = method.IsGenericMethod ? method.GetGenericMethodDefinition() : method;
        var declaring = open.DeclaringType!;
        if (declaring.IsGenericTypeDefinition)
        {
            // The reflected method is that of the open interface; the class has a closed one.
            declaring = Array.Find(type.GetInterfaces(), candidate => candidate.IsGenericType && candidate.GetGenericTypeDefinition() == declaring) ?? declaring;
            open = (MethodInfo)(declaring.GetMemberWithSameMetadataDefinitionAs(open) ?? open);
        }

        var map = type.GetInterfaceMap(declaring);
        var index = Array.IndexOf(map.InterfaceMethods, open);
        if (index < 0) return method;
        return method.IsGenericMethod ? map.TargetMethods[index].MakeGenericMethod(method.GetGenericArguments()) : map.TargetMethods[index];
    });
}
