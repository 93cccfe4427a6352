using System.Globalization;
using System.Text;
using OrleansShop.Engine.Serialization;

namespace OrleansShop.Engine.Manifest;

/// <summary>The type arguments of generic grain classes and interfaces as text: <c>[[first],[second]]</c>, each named as payloads name types.</summary>
internal static class TypeArguments
{
    /// <summary>The arguments of a closed generic type.</summary>
    public static string Text(Type closed, ICodecProvider codecs) => Text(closed.GetGenericArguments(), codecs);

    /// <summary>The arguments of a generic class, given a closed form of an interface that it implements.</summary>
    /// <exception cref="ArgumentException">The interface does not say all of the class's arguments.</exception>
    public static string OfClass(Type openClass, Type closedInterface, ICodecProvider codecs)
    {
        var form = openClass.GetInterfaces().FirstOrDefault(type => type.IsGenericType && type.GetGenericTypeDefinition() == closedInterface.GetGenericTypeDefinition())
            ?? throw new ArgumentException($"{openClass} does not implement {closedInterface}.");
        var given = closedInterface.GetGenericArguments();
        var places = form.GetGenericArguments();
        var arguments = new Type[openClass.GetGenericArguments().Length];
        for (var i = 0; i < places.Length; i++)
        {
            if (places[i].IsGenericParameter) arguments[places[i].GenericParameterPosition] = given[i];
        }

        return Array.IndexOf(arguments, null) < 0
            ? Text(arguments, codecs)
            : throw new ArgumentException($"{closedInterface} does not determine all type arguments of {openClass}.");
    }

    /// <summary>The closed form of a type, with the arguments that a name carries. Null if one of them is not a type that the wire may name.</summary>
    public static Type? Close(Type open, string name, ICodecProvider codecs)
    {
        var texts = TypeNaming.ArgumentsOf(name);
        if (texts.Count != open.GetGenericArguments().Length) return null;
        var types = new Type[texts.Count];
        for (var i = 0; i < types.Length; i++)
        {
            if (Find(texts[i], codecs) is not { } type) return null;
            types[i] = type;
        }

        return open.MakeGenericType(types);
    }

    private static string Text(Type[] arguments, ICodecProvider codecs) => $"[{string.Join(',', arguments.Select(type => $"[{NameOf(type, codecs)}]"))}]";

    private static string NameOf(Type type, ICodecProvider codecs)
    {
        var name = codecs.NameOf(type);
        return name.WellKnown != 0 ? $"#{name.WellKnown}" : Encoding.UTF8.GetString(name.Utf8);
    }

    private static Type? Find(string text, ICodecProvider codecs) => text.StartsWith('#')
        ? uint.TryParse(text.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? codecs.FindType(number) : null
        : codecs.FindType(Encoding.UTF8.GetBytes(text));
}
