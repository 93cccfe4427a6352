using System.Diagnostics.CodeAnalysis;

namespace OrleansShop.Engine.Serialization.Lookup;

/// <summary>Classes of an application that each implement an interface for certain types, found by those types; the classes may be generic.</summary>
internal sealed class ServedTypes
{
    private readonly Dictionary<Type, (Type Class, Type Interface)> _byType = [];
    private readonly Type _interface;

    /// <summary>Takes the classes.</summary>
    /// <param name="classes">The classes; generic ones as definitions.</param>
    /// <param name="interface">The definition of the interface, whose first argument is the type that is served.</param>
    /// <exception cref="InvalidOperationException">Two serve one type.</exception>
    public ServedTypes(IEnumerable<Type> classes, Type @interface)
    {
        _interface = @interface;
        foreach (var each in classes)
        {
            foreach (var implemented in Implemented(each))
            {
                var type = implemented.GetGenericArguments()[0];
                var key = each.IsGenericTypeDefinition && type.IsGenericType ? type.GetGenericTypeDefinition() : type;
                if (!_byType.TryAdd(key, (each, implemented))) throw new InvalidOperationException($"Two classes serve {type}: {_byType[key].Class} and {each}.");
            }
        }
    }

    /// <summary>The types that are served; generic ones as definitions.</summary>
    public IReadOnlyCollection<Type> Types => _byType.Keys;

    /// <summary>Finds the class that serves a type, closed if it is generic, and the interface by which it does.</summary>
    public bool TryFind(Type type, [NotNullWhen(true)] out Type? serving, [NotNullWhen(true)] out Type? implemented)
    {
        (serving, implemented) = Find(type);
        return serving is not null && implemented is not null;
    }

    private (Type? Class, Type? Interface) Find(Type type)
    {
        if (_byType.TryGetValue(type, out var exact)) return exact;
        if (!type.IsConstructedGenericType || !_byType.TryGetValue(type.GetGenericTypeDefinition(), out var open)) return default;

        // The class's type parameters, found by where they stand in the type that it serves.
        var pattern = open.Interface.GetGenericArguments()[0].GetGenericArguments();
        var actual = type.GetGenericArguments();
        var places = open.Class.GetGenericArguments().Select(parameter => Array.IndexOf(pattern, parameter)).ToArray();
        if (Array.IndexOf(places, -1) >= 0) return default;
        var closed = open.Class.MakeGenericType([.. places.Select(place => actual[place])]);
        return (closed, Implemented(closed).FirstOrDefault(each => each.GetGenericArguments()[0] == type));
    }

    private IEnumerable<Type> Implemented(Type type) =>
        type.GetInterfaces().Where(each => each.IsConstructedGenericType && each.GetGenericTypeDefinition() == _interface);
}
