using Orleans.Serialization.Invocation;

namespace OrleansShop.Engine.Calls;

/// <summary>The call as filters and interleaving predicates see it, as far as generated code does not say it.</summary>
public abstract partial class GrainCall
{
    /// <summary>Whether the method takes a cancellation token.</summary>
    public bool IsCancellable => (Method.Traits & GrainMethodTraits.Cancellable) != 0;

    /// <summary>The method's name.</summary>
    public string GetMethodName() => Method.Name;

    /// <summary>The interface's full name.</summary>
    public string GetInterfaceName() => GetInterfaceType().FullName ?? GetInterfaceType().Name;

    /// <summary>The name of the call in traces.</summary>
    public string GetActivityName() => Method.ActivityName;

    /// <summary>The interface that the call goes through; closed if the reference knows it.</summary>
    public Type GetInterfaceType() => Target?.InterfaceClrType ?? Method.InterfaceType;

    /// <summary>How long the caller waits; null for the configured default.</summary>
    public TimeSpan? GetDefaultResponseTimeout() => Method.ResponseTimeout;

    /// <summary>The cancellation token among the arguments; a default one if there is none.</summary>
    public CancellationToken GetCancellationToken() => CancellationToken;

    /// <summary>The outcome as filters see it.</summary>
    internal Response ToResponse() => Exception is { } exception ? Response.FromException(exception) : Response.FromResult(ResultObject);
}
