using System.Reflection;
using Orleans.Runtime;

namespace Orleans;

/// <summary>A call that has arrived, in the turn of the activation that executes it.</summary>
public interface IIncomingGrainCallContext : IGrainCallContext
{
    /// <summary>The activation.</summary>
    IGrainContext TargetContext { get; }

    /// <summary>The method of the grain class.</summary>
    MethodInfo ImplementationMethod { get; }
}
