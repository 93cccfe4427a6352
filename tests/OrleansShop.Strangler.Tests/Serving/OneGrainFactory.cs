using System.Reflection;
using OrleansShop.Strangler.Phases;

namespace OrleansShop.Strangler.Tests.Serving;

/// <summary>Answers every question for a grain with the same one. Public and open, because the proxy derives from it.</summary>
public class OneGrainFactory : DispatchProxy
{
    private ICapabilityGrain? _grain;

    internal static IGrainFactory Create(ICapabilityGrain grain)
    {
        var factory = Create<IGrainFactory, OneGrainFactory>();
        ((OneGrainFactory)(object)factory)._grain = grain;
        return factory;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => _grain;
}
