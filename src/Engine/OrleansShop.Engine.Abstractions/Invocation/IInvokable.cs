using System.Reflection;

namespace Orleans.Serialization.Invocation;

/// <summary>A call as filters see it: a method and its arguments.</summary>
public interface IInvokable
{
    /// <summary>Whether the method takes a cancellation token.</summary>
    bool IsCancellable { get; }

    /// <summary>Returns how many arguments there are; a cancellation token is not one of them.</summary>
    int GetArgumentCount();

    /// <summary>Returns an argument.</summary>
    object? GetArgument(int index);

    /// <summary>Replaces an argument.</summary>
    void SetArgument(int index, object? value);

    /// <summary>Returns the method's name.</summary>
    string GetMethodName();

    /// <summary>Returns the interface's name.</summary>
    string GetInterfaceName();

    /// <summary>Returns the name of the call in traces: interface and method.</summary>
    string GetActivityName();

    /// <summary>Returns the interface's method.</summary>
    MethodInfo GetMethod();

    /// <summary>Returns the interface.</summary>
    Type GetInterfaceType();

    /// <summary>Returns how long the caller waits; null for the configured default.</summary>
    TimeSpan? GetDefaultResponseTimeout();

    /// <summary>Returns the cancellation token among the arguments; a default one if there is none.</summary>
    CancellationToken GetCancellationToken();
}
