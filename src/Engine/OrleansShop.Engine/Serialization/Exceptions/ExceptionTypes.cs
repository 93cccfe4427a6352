using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using OrleansShop.Engine.Serialization.Naming;

namespace OrleansShop.Engine.Serialization.Exceptions;

/// <summary>Finds the exception types that a payload may name, and makes exceptions of them. Thread-safe.</summary>
/// <param name="applicationAssemblies">Assemblies all of whose exceptions are allowed, because they hold serializable types.</param>
/// <param name="allowedPrefixes">Namespaces whose exceptions are allowed wherever they are.</param>
internal sealed class ExceptionTypes(IReadOnlyCollection<Assembly> applicationAssemblies, IReadOnlyCollection<string> allowedPrefixes)
{
    private const int MostNamesKept = 10_000;

    private readonly ConcurrentDictionary<string, Type?> _found = new(StringComparer.Ordinal);

    /// <summary>Returns the exception type with a full name, or null if there is none that a payload may create.</summary>
    public Type? Find(string fullName)
    {
        if (_found.TryGetValue(fullName, out var known)) return known;
        var type = Search(fullName);
        if (_found.Count < MostNamesKept) _found.TryAdd(fullName, type);
        return type;
    }

    /// <summary>
    /// Makes an exception: by the constructor that takes a message and an inner exception, which exceptions have by convention, or by
    /// the one without parameters, or without running any.
    /// </summary>
    public static Exception Create(Type type, string? message, Exception? inner)
    {
        try
        {
            if (type.GetConstructor([typeof(string), typeof(Exception)]) is { } conventional) return (Exception)conventional.Invoke([message, inner]);
            if (type.GetConstructor(Type.EmptyTypes) is { } parameterless) return (Exception)parameterless.Invoke(null);
        }
        catch (TargetInvocationException)
        {
            // A constructor that does not like what it gets must not keep the caller from its exception; the members are set below it.
        }

        return (Exception)RuntimeHelpers.GetUninitializedObject(type);
    }

    private Type? Search(string fullName)
    {
        if (LoadedTypes.Find(applicationAssemblies, fullName, IsException) is { } type) return type;
        return allowedPrefixes.Any(prefix => IsIn(prefix, fullName)) ? LoadedTypes.Find(AppDomain.CurrentDomain.GetAssemblies(), fullName, IsException) : null;
    }

    private static bool IsIn(string space, string fullName) =>
        fullName.StartsWith(space, StringComparison.Ordinal) && fullName.Length > space.Length && fullName[space.Length] == '.';

    private static bool IsException(Type type) => type is { IsAbstract: false, ContainsGenericParameters: false } && typeof(Exception).IsAssignableFrom(type);
}
