using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;

namespace OrleansShop.Engine.EventSourcing;

/// <summary>The <c>Apply</c> methods of states: found once for each type of state and event, and called through delegates from then on.</summary>
/// <remarks>Which one fits is decided as the compiler would for a call <c>state.Apply(event)</c> with the event's own type: the most derived class
/// that has any that fits, and in it the parameter type that derives from all others that fit.</remarks>
internal static class ApplyMethods
{
    private const string Name = "Apply";

    private static readonly ConcurrentDictionary<(Type State, Type Event), Action<object, object>> s_methods = new();
    private static readonly ConcurrentDictionary<(Type Grain, Type JournaledGrain), bool> s_users = new();

    /// <summary>Applies an event to a state.</summary>
    /// <exception cref="MissingMethodException">The state has no method for it.</exception>
    public static void Apply(object state, object @event) => Require(state.GetType(), @event.GetType())(state, @event);

    /// <summary>Returns the method.</summary>
    /// <exception cref="MissingMethodException">The state has no method for it.</exception>
    public static Action<object, object> Require(Type state, Type @event) => s_methods.GetOrAdd((state, @event), static types => Find(types.State, types.Event));

    /// <summary>Whether a grain class leaves the transition to its state's methods, because it does not override <c>TransitionState</c>.</summary>
    public static bool AreUsedBy(Type grain, Type journaledGrain) => s_users.GetOrAdd((grain, journaledGrain), static types => types.Grain
        .GetMethods(BindingFlags.Instance | BindingFlags.NonPublic)
        .Any(method => method.Name == "TransitionState" && method.DeclaringType == types.JournaledGrain));

    private static Action<object, object> Find(Type state, Type @event)
    {
        var fitting = state.GetMethods(BindingFlags.Instance | BindingFlags.Public).Where(method => IsFitting(method, @event)).ToList();
        if (fitting.Count == 0)
        {
            throw new MissingMethodException(
                $"The state {state} has no method for the event {@event}. Add a public method Apply({@event.Name}) to it, or override TransitionState in the grain.");
        }

        // An override belongs to the class that declared the method first, as for the compiler.
        var nearest = fitting.Select(static method => method.GetBaseDefinition().DeclaringType!).MaxBy(Depth)!;
        var candidates = fitting.Where(method => method.GetBaseDefinition().DeclaringType == nearest).ToList();
        var best = candidates.Where(method => candidates.TrueForAll(other => ParameterOf(other).IsAssignableFrom(ParameterOf(method)))).ToList();
        if (best.Count != 1)
        {
            throw new AmbiguousMatchException(
                $"The state {state} has several Apply methods for the event {@event}, none of which is the closest: {string.Join(", ", candidates.Select(static method => $"Apply({ParameterOf(method).Name})"))}. Add one with just this parameter.");
        }

        return Compile(best[0]);
    }

    private static bool IsFitting(MethodInfo method, Type @event) =>
        method.Name == Name && !method.IsGenericMethodDefinition && method.GetParameters() is [{ ParameterType.IsByRef: false } parameter] && parameter.ParameterType.IsAssignableFrom(@event);

    private static Type ParameterOf(MethodInfo method) => method.GetParameters()[0].ParameterType;

    private static int Depth(Type type)
    {
        var depth = 0;
        for (var at = type; at is not null; at = at.BaseType) depth++;
        return depth;
    }

    private static Action<object, object> Compile(MethodInfo method)
    {
        var state = Expression.Parameter(typeof(object));
        var @event = Expression.Parameter(typeof(object));
        var call = Expression.Call(Expression.Convert(state, method.DeclaringType!), method, Expression.Convert(@event, ParameterOf(method)));
        return Expression.Lambda<Action<object, object>>(Expression.Block(typeof(void), call), state, @event).Compile();
    }
}
