using System.Reflection;
using Orleans.Concurrency;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace OrleansShop.Engine.Activations;

/// <summary>The method that a class with <c>[MayInterleave]</c> names.</summary>
internal sealed class InterleavePredicate
{
    private readonly Func<object, IInvokable, bool> _ask;

    private InterleavePredicate(Func<object, IInvokable, bool> ask) => _ask = ask;

    public bool Invoke(object grain, IInvokable request) => _ask(grain, request);

    /// <summary>Returns the predicate of a class, or null if it has none.</summary>
    /// <exception cref="OrleansConfigurationException">The method is not there or has another shape.</exception>
    public static InterleavePredicate? Of(Type grainClass)
    {
        if (grainClass.GetCustomAttribute<MayInterleaveAttribute>() is not { } attribute) return null;
        const BindingFlags Any = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.FlattenHierarchy;
        var method = grainClass.GetMethod(attribute.CallbackMethodName, Any, [typeof(IInvokable)]);
        if (method is null || method.ReturnType != typeof(bool))
            throw new OrleansConfigurationException($"{grainClass} names \"{attribute.CallbackMethodName}\" in [MayInterleave]; that must be a method bool {attribute.CallbackMethodName}(IInvokable).");
        if (method.IsStatic)
        {
            var ask = method.CreateDelegate<Func<IInvokable, bool>>();
            return new InterleavePredicate((_, request) => ask(request));
        }

        // An open delegate takes the declaring type; the invoker takes any object.
        var invoker = MethodInvoker.Create(method);
        return new InterleavePredicate((grain, request) => (bool)invoker.Invoke(grain, request)!);
    }
}
