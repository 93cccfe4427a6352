using System.Reflection;
using System.Runtime.CompilerServices;
using Orleans.Serialization.Activators;
using Orleans.Serialization.Serializers;

namespace OrleansShop.Engine.Storage;

/// <summary>Creates states that were never stored.</summary>
internal sealed class StateActivators : IActivatorProvider
{
    public IActivator<T> GetActivator<T>() => Of<T>.Instance;

    /// <summary>What a grain sees before anything was stored: by the parameterless constructor, public or not; a type without one starts with its members at their defaults.</summary>
    /// <returns>Null if the type is abstract, an array or a string.</returns>
    public static T? Create<T>() => Of<T>.Instance.Create();

    private sealed class Of<T> : IActivator<T>
    {
        public static readonly Of<T> Instance = new();

        private readonly bool _isNone = !typeof(T).IsValueType && (typeof(T).IsAbstract || typeof(T).IsArray || typeof(T) == typeof(string));
        private readonly bool _hasConstructor =
            typeof(T).GetConstructor(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, []) is not null;

        public T Create()
        {
            if (typeof(T).IsValueType || _isNone) return default!;

            // What the constructor throws reaches the grain's callers as it is.
            return _hasConstructor
                ? (T)Activator.CreateInstance(typeof(T), BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DoNotWrapExceptions, binder: null, args: null, culture: null)!
                : (T)RuntimeHelpers.GetUninitializedObject(typeof(T));
        }
    }
}
