using System.Buffers;
using System.Reflection;

namespace OrleansShop.Engine.Serialization.Naming;

/// <summary>Looks types up in assemblies by names that come from payloads.</summary>
internal static class LoadedTypes
{
    private const int LongestName = 1024;

    // What else the runtime would accept in a name describes generic types, arrays and pointers, and could make it load assemblies.
    private static readonly SearchValues<char> s_meaningful = SearchValues.Create("[]*&,\\=\0");

    /// <summary>Returns the first type with this full name that is wanted, or null. Loads nothing.</summary>
    public static Type? Find(IEnumerable<Assembly> assemblies, string fullName, Func<Type, bool> isWanted)
    {
        if (fullName.Length is 0 or > LongestName || fullName.AsSpan().ContainsAny(s_meaningful)) return null;
        foreach (var assembly in assemblies)
        {
            if (Find(assembly, fullName) is { } type && isWanted(type)) return type;
        }

        return null;
    }

    private static Type? Find(Assembly assembly, string fullName)
    {
        try
        {
            return assembly.GetType(fullName, throwOnError: false);
        }
        catch (Exception fault) when (fault is ArgumentException or IOException or BadImageFormatException or TypeLoadException)
        {
            // Not a type name at all, or a type that depends on an assembly which is not there.
            return null;
        }
    }
}
