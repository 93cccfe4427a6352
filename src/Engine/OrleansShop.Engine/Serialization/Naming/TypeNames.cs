using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text;
using OrleansShop.Engine.Manifest;

namespace OrleansShop.Engine.Serialization.Naming;

/// <summary>What types are called in payloads, and which types a payload may name.</summary>
/// <remarks>
/// A payload can name: types with a codec in a manifest or in the engine, types that a converter serves, enums of assemblies with a
/// manifest, and what arrays and generic arguments make of these. Nothing else is ever looked up by a name from outside. Thread-safe.
/// </remarks>
internal sealed class TypeNames
{
    private const int LongestName = 4096;

    // Names from outside can make new types without end out of generic ones. Past this many no more are made.
    private const int MostTypesFound = 20_000;

    private readonly ConcurrentDictionary<Type, WireTypeName> _names = new();
    private readonly ConcurrentDictionary<string, Type> _found = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Type>.AlternateLookup<ReadOnlySpan<char>> _foundBySpan;
    private readonly FrozenDictionary<string, Type> _definitions;
    private readonly FrozenDictionary<Type, string> _aliases;
    private readonly Func<string, Type?>[] _others;
    private int _foundCount;

    /// <summary>Reads the names out of a manifest.</summary>
    /// <param name="manifest">The types of the application.</param>
    /// <param name="convertedTypes">The types that converters serve; generic ones as definitions.</param>
    /// <param name="others">Further ways to find a type without type arguments by its full name, such as those that the JSON serializer may create.</param>
    /// <exception cref="InvalidOperationException">Two types have one name.</exception>
    public TypeNames(TypeManifestBuilder manifest, IEnumerable<Type> convertedTypes, params Func<string, Type?>[] others)
    {
        _foundBySpan = _found.GetAlternateLookup<ReadOnlySpan<char>>();
        _others = others;
        _aliases = manifest.Aliases.Where(alias => !alias.Key.IsInterface).ToFrozenDictionary(alias => alias.Key, alias => alias.Value);

        var definitions = new Dictionary<string, Type>(StringComparer.Ordinal);
        var application = manifest.Codecs.Keys.Concat(manifest.GenericCodecs.Keys).Concat(convertedTypes).Concat(_aliases.Keys);
        foreach (var type in BuiltInTypes.All.Select(each => each.Type).Concat(application).Distinct())
        {
            if (type.IsConstructedGenericType || type.IsArray) continue;
            var name = DefinitionName(type);
            if (!definitions.TryAdd(name, type))
            {
                throw new InvalidOperationException(
                    $"Two types have the name '{name}' in payloads: {type.AssemblyQualifiedName} and {definitions[name].AssemblyQualifiedName}. " +
                    "Give one of them another [Alias].");
            }
        }

        _definitions = definitions.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>Returns what stands for a type in payloads.</summary>
    public WireTypeName NameOf(Type type) => _names.GetOrAdd(
        type, static (each, names) => new WireTypeName(each, BuiltInTypes.Numbers.GetValueOrDefault(each), Encoding.UTF8.GetBytes(names.TextOf(each))), this);

    /// <summary>Returns a type's name: alias or full name, arity and arguments.</summary>
    public string TextOf(Type type)
    {
        var text = new StringBuilder();
        Append(text, type);
        return text.ToString();
    }

    /// <summary>Returns the type with a number, or null. Generic definitions have numbers too, and no values.</summary>
    public static Type? Find(uint number) =>
        number - 1 < BuiltInTypes.All.Count && BuiltInTypes.All[(int)number - 1].Type is { IsGenericTypeDefinition: false } type ? type : null;

    /// <summary>Returns the type that a name from a payload stands for, or null.</summary>
    public Type? Find(ReadOnlySpan<byte> utf8Name)
    {
        if (utf8Name.Length > LongestName) return null;
        Span<char> buffer = stackalloc char[256];
        var name = utf8Name.Length <= buffer.Length ? buffer[..Encoding.UTF8.GetChars(utf8Name, buffer)] : Encoding.UTF8.GetString(utf8Name).ToCharArray();
        if (_foundBySpan.TryGetValue(name, out var type)) return type;

        type = new TypeNameParser(name, FindDefinition).Parse();
        if (type is null || Interlocked.Increment(ref _foundCount) > MostTypesFound) return null;
        _foundBySpan.TryAdd(name, type);
        return type;
    }

    private Type? FindDefinition(string name)
    {
        if (_definitions.TryGetValue(name, out var type)) return type;
        foreach (var other in _others)
        {
            if (other(name) is { } found) return found;
        }

        return null;
    }

    private void Append(StringBuilder text, Type type)
    {
        if (type.IsArray)
        {
            Append(text, type.GetElementType()!);
            text.Append('[').Append(',', type.GetArrayRank() - 1).Append(']');
            return;
        }

        if (!type.IsConstructedGenericType)
        {
            text.Append(DefinitionName(type));
            return;
        }

        text.Append(DefinitionName(type.GetGenericTypeDefinition())).Append('[');
        var arguments = type.GetGenericArguments();
        for (var i = 0; i < arguments.Length; i++)
        {
            if (i > 0) text.Append(',');
            Append(text, arguments[i]);
        }

        text.Append(']');
    }

    /// <summary>A definition's name and, if it is generic, its arity, so that <c>Foo</c> and <c>Foo&lt;T&gt;</c> differ under one alias too.</summary>
    private string DefinitionName(Type type)
    {
        var arity = type.IsGenericTypeDefinition ? type.GetGenericArguments().Length : 0;
        if (BuiltInTypes.ByType.TryGetValue(type, out var builtIn)) return arity == 0 ? builtIn.Name : $"{builtIn.Name}`{arity}";
        if (_aliases.TryGetValue(type, out var alias)) return TypeNameParser.Escape(arity == 0 ? alias : $"{alias}`{arity}");
        return TypeNameParser.Escape(type.FullName ?? type.Name);
    }
}
