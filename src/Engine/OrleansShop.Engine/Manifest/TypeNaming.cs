using System.Reflection;
using Orleans.Runtime;

namespace OrleansShop.Engine.Manifest;

/// <summary>The parts of names of grain classes and grain interfaces.</summary>
internal static class TypeNaming
{
    /// <summary>The version of an interface from its <c>[Version]</c>; 0 without one.</summary>
    public static ushort VersionOf(Type interfaceType) => interfaceType.GetCustomAttribute<Orleans.CodeGeneration.VersionAttribute>()?.Version ?? 0;

    /// <summary>The part of a name before its type arguments.</summary>
    public static string WithoutArguments(string name) => name.IndexOf("[[", StringComparison.Ordinal) is var start and >= 0 ? name[..start] : name;

    /// <summary>The name of an interface without its type arguments.</summary>
    public static GrainInterfaceType OpenNameOf(GrainInterfaceType face) =>
        face.Value.AsSpan().Contains((byte)'[') ? GrainInterfaceType.Create(WithoutArguments(face.ToString())) : face;

    /// <summary>The type arguments of a name, as text; empty if it has none.</summary>
    /// <exception cref="FormatException">The brackets do not match.</exception>
    public static List<string> ArgumentsOf(string name)
    {
        var arguments = new List<string>();
        var start = name.IndexOf("[[", StringComparison.Ordinal);
        if (start < 0) return arguments;
        var depth = 0;
        var from = 0;
        for (var i = start + 1; i < name.Length - 1; i++)
        {
            if (name[i] == '[' && depth++ == 0) from = i + 1;
            else if (name[i] == ']' && --depth == 0) arguments.Add(name[from..i]);
        }

        return depth == 0 && name[^1] == ']' ? arguments : throw new FormatException($"\"{name}\" is not a type name: its brackets do not match.");
    }
}
