using System.Reflection;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace Orleans;

/// <summary>A call on its way through filters.</summary>
public interface IGrainCallContext
{
    /// <summary>The call: method and arguments.</summary>
    IInvokable Request { get; }

    /// <summary>The grain object for an incoming call, the reference for an outgoing one.</summary>
    object Grain { get; }

    /// <summary>The caller, or null if it is no grain.</summary>
    GrainId? SourceId { get; }

    /// <summary>The grain that is called.</summary>
    GrainId TargetId { get; }

    /// <summary>The wire name of the interface.</summary>
    GrainInterfaceType InterfaceType { get; }

    /// <summary>The name of the interface.</summary>
    string InterfaceName { get; }

    /// <summary>The name of the method.</summary>
    string MethodName { get; }

    /// <summary>The interface's method.</summary>
    MethodInfo InterfaceMethod { get; }

    /// <summary>The result, there once <see cref="Invoke"/> has completed. Setting it replaces it.</summary>
    object? Result { get; set; }

    /// <summary>How the call ended, there once <see cref="Invoke"/> has completed. Setting it replaces it.</summary>
    Response? Response { get; set; }

    /// <summary>Goes on to the next filter, and after the last one makes the call. Throws what the call throws.</summary>
    Task Invoke();
}
