using System.Collections.Frozen;
using System.Reflection;
using Orleans;
using OrleansShop.Engine.Manifest;
using OrleansShop.Engine.Serialization.Naming;

namespace OrleansShop.Engine.Storage.Serializers.Json;

/// <summary>A set of types by their full names.</summary>
internal sealed class KnownTypes
{
    // A state that is made of more types than this is none.
    private const int MostParts = 10_000;

    private readonly FrozenDictionary<string, Type[]> _byName;

    private KnownTypes(IEnumerable<Type> types) => _byName = types.Where(static type => type.FullName is not null)
        .GroupBy(static type => type.FullName!, StringComparer.Ordinal).ToFrozenDictionary(static group => group.Key, static group => group.ToArray(), StringComparer.Ordinal);

    /// <summary>The serializable types of the application, and the values and collections of the framework.</summary>
    public static KnownTypes Of(TypeManifestBuilder? manifest) => new(FrameworkTypes().Concat(manifest is null ? [] : ApplicationTypes(manifest)).Distinct());

    /// <summary>A type, and the types of its members, of theirs, and so on: those that a text of that type can create without naming any. Those of the framework are left out.</summary>
    public static KnownTypes MadeOf(Type type)
    {
        HashSet<Type> found = [];
        Stack<Type> open = new([type]);
        while (open.TryPop(out var next) && found.Count < MostParts)
        {
            foreach (var part in Unfold(next))
            {
                if (IsOfFramework(part) || !found.Add(part)) continue;
                for (var level = part; level is not null && !IsOfFramework(level); level = level.BaseType) PushMembers(level, open);
            }
        }

        return new KnownTypes(found.Select(static part => part.IsGenericType ? part.GetGenericTypeDefinition() : part).Distinct());
    }

    /// <summary>Returns the type with a name: the one of the assembly if there are several, and the only one even if it was in another assembly when it was stored.</summary>
    public Type? Find(string fullName, string? assemblyName)
    {
        if (!_byName.TryGetValue(fullName, out var types)) return null;
        return types.Length == 1 ? types[0] : Array.Find(types, type => type.Assembly.GetName().Name == assemblyName);
    }

    // Not Type and Exception, which are more than values.
    private static IEnumerable<Type> FrameworkTypes() => BuiltInTypes.All.Select(static each => each.Type)
        .Where(static type => type != typeof(Type) && type != typeof(Exception) && !type.IsConstructedGenericType && !type.IsArray)
        .Concat([typeof(IComparer<>), typeof(IEqualityComparer<>)]);

    private static IEnumerable<Type> ApplicationTypes(TypeManifestBuilder manifest) => manifest.Codecs.Keys
        .Concat(manifest.GenericCodecs.Keys)
        .Concat(manifest.Aliases.Keys)
        .Concat(manifest.Converters.Where(static converter => !converter.IsGenericTypeDefinition).SelectMany(Converted))
        .Where(static type => !type.IsInterface && !typeof(Delegate).IsAssignableFrom(type));

    private static IEnumerable<Type> Converted(Type converter) => converter.GetInterfaces()
        .Where(static type => type.IsConstructedGenericType && type.GetGenericTypeDefinition() == typeof(IConverter<,>)).SelectMany(static type => type.GetGenericArguments());

    private static void PushMembers(Type type, Stack<Type> open)
    {
        const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        foreach (var property in type.GetProperties(Own)) open.Push(property.PropertyType);
        foreach (var field in type.GetFields(Own)) open.Push(field.FieldType);
        foreach (var argument in type.GetGenericArguments()) open.Push(argument);
    }

    // Through arrays and the framework's generic types, such as List<Order>, to what they hold.
    private static IEnumerable<Type> Unfold(Type type)
    {
        if (type.HasElementType) return Unfold(type.GetElementType()!);
        return type.IsConstructedGenericType && IsOfFramework(type) ? type.GetGenericArguments().SelectMany(Unfold) : [type];
    }

    private static bool IsOfFramework(Type type)
    {
        var assembly = type.Assembly.GetName().Name!;
        return type.IsGenericParameter || assembly.StartsWith("System.", StringComparison.Ordinal) || assembly.StartsWith("Microsoft.", StringComparison.Ordinal)
            || assembly is "System" or "mscorlib" or "netstandard" or "Newtonsoft.Json";
    }
}
