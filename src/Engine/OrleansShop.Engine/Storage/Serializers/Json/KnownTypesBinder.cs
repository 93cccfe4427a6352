using System.Collections.Concurrent;
using System.Reflection.Metadata;
using Newtonsoft.Json;
using Newtonsoft.Json.Serialization;
using OrleansShop.Engine.Manifest;

namespace OrleansShop.Engine.Storage.Serializers.Json;

/// <summary>
/// Decides which types a stored text may create. A text can name: serializable types of the application, the types that the expected type is made of,
/// values and collections of the framework, and what arrays and type arguments make of these. Nothing else is looked up, loaded or created, whatever the text says.
/// </summary>
/// <remarks>One for each expected type, so that a type that only one state has cannot be put into another.</remarks>
internal sealed class KnownTypesBinder : ISerializationBinder
{
    private const int LongestName = 4096;

    // Names from outside can make new types without end out of generic ones. Past this many they are made each time.
    private const int MostNamesKept = 10_000;

    private static readonly TypeNameParseOptions s_parsing = new() { MaxNodes = 50 };
    private static readonly DefaultSerializationBinder s_names = new();

    private readonly KnownTypes _known;
    private readonly KnownTypes? _expected;
    private readonly ConcurrentDictionary<(string? Assembly, string Name), Type> _found = new();

    public KnownTypesBinder(TypeManifestBuilder? manifest)
        : this(KnownTypes.Of(manifest), expected: null)
    {
    }

    private KnownTypesBinder(KnownTypes known, KnownTypes? expected) => (_known, _expected) = (known, expected);

    /// <summary>Returns the binder for texts of a type.</summary>
    public KnownTypesBinder For(Type expected) => new(_known, KnownTypes.MadeOf(expected));

    public void BindToName(Type serializedType, out string? assemblyName, out string? typeName) => s_names.BindToName(serializedType, out assemblyName, out typeName);

    /// <exception cref="JsonSerializationException">The text may not create the type.</exception>
    public Type BindToType(string? assemblyName, string typeName)
    {
        if (_found.TryGetValue((assemblyName, typeName), out var found)) return found;
        var type = typeName.Length <= LongestName && TypeName.TryParse(typeName, out var name, s_parsing) ? Resolve(name, assemblyName) : null;
        if (type is null or { IsGenericTypeDefinition: true })
        {
            throw new JsonSerializationException(
                $"The stored text names the type \"{Shortened(typeName)}\" of \"{Shortened(assemblyName)}\", which it may not create. If it is one of the application's own, mark it with [GenerateSerializer].");
        }

        if (_found.Count < MostNamesKept) _found.TryAdd((assemblyName, typeName), type);
        return type;
    }

    private Type? Resolve(TypeName name, string? assemblyName)
    {
        if (name.IsArray)
        {
            if (Resolve(name.GetElementType(), assemblyName) is not { } element) return null;
            return name.IsSZArray ? element.MakeArrayType() : element.MakeArrayType(name.GetArrayRank());
        }

        if (name.IsPointer || name.IsByRef) return null;
        if (!name.IsConstructedGenericType) return Find(name.FullName, name.AssemblyName?.Name ?? assemblyName);
        if (Find(name.GetGenericTypeDefinition().FullName, name.AssemblyName?.Name ?? assemblyName) is not { IsGenericTypeDefinition: true } definition) return null;
        var arguments = name.GetGenericArguments().Select(argument => Resolve(argument, assemblyName)).ToArray();
        if (arguments.Any(static argument => argument is null) || arguments.Length != definition.GetGenericArguments().Length) return null;
        try
        {
            return definition.MakeGenericType(arguments!);
        }
        catch (ArgumentException)
        {
            // The arguments do not meet its constraints: there is no such type.
            return null;
        }
    }

    private Type? Find(string fullName, string? assemblyName)
    {
        var simpleName = assemblyName?.Split(',')[0];
        return _known.Find(fullName, simpleName) ?? _expected?.Find(fullName, simpleName);
    }

    private static string? Shortened(string? text) => text is { Length: > 200 } ? text[..200] + "…" : text;
}
