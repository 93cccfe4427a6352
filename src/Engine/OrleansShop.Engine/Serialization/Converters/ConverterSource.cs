using Orleans;
using OrleansShop.Engine.Manifest;
using OrleansShop.Engine.Serialization.Lookup;

namespace OrleansShop.Engine.Serialization.Converters;

/// <summary>Codecs of types that a converter turns into a surrogate.</summary>
internal sealed class ConverterSource : ICodecSource
{
    private readonly Dictionary<Type, Entry> _byValueType = [];
    private readonly Func<Type, object> _activate;

    /// <summary>Takes the converters of a manifest.</summary>
    /// <param name="manifest">The manifest.</param>
    /// <param name="activate">Creates a converter, with what its constructor needs.</param>
    public ConverterSource(TypeManifestBuilder manifest, Func<Type, object> activate)
    {
        _activate = activate;
        foreach (var converter in manifest.Converters)
        {
            foreach (var served in converter.GetInterfaces())
            {
                if (!served.IsConstructedGenericType || served.GetGenericTypeDefinition() != typeof(IConverter<,>)) continue;
                var valueType = served.GetGenericArguments()[0];
                var key = converter.IsGenericTypeDefinition && valueType.IsGenericType ? valueType.GetGenericTypeDefinition() : valueType;
                if (!_byValueType.TryAdd(key, new Entry(converter, served)))
                {
                    throw new InvalidOperationException($"Two converters serve {valueType}: {_byValueType[key].Converter} and {converter}.");
                }
            }
        }
    }

    /// <summary>The types that converters serve; generic ones as definitions.</summary>
    public IReadOnlyCollection<Type> ValueTypes => _byValueType.Keys;

    public Codec? TryCreate(Type type)
    {
        if (_byValueType.TryGetValue(type, out var entry)) return Create(entry.Converter, entry.Served);
        if (!type.IsConstructedGenericType || !_byValueType.TryGetValue(type.GetGenericTypeDefinition(), out entry)) return null;

        // The converter's type parameters, found by where they stand in the type that it serves.
        var pattern = entry.Served.GetGenericArguments()[0].GetGenericArguments();
        var actual = type.GetGenericArguments();
        var arguments = entry.Converter.GetGenericArguments().Select(parameter => Array.IndexOf(pattern, parameter)).ToArray();
        if (Array.IndexOf(arguments, -1) >= 0) return null;
        var converter = entry.Converter.MakeGenericType([.. arguments.Select(place => actual[place])]);
        var served = converter.GetInterfaces().FirstOrDefault(each =>
            each.IsConstructedGenericType && each.GetGenericTypeDefinition() == typeof(IConverter<,>) && each.GetGenericArguments()[0] == type);
        return served is null ? null : Create(converter, served);
    }

    private Codec Create(Type converter, Type served)
    {
        var arguments = served.GetGenericArguments();
        var codec = GenericCodecs.Close(arguments[0].IsValueType ? typeof(ConvertedValueCodec<,>) : typeof(ConvertedObjectCodec<,>), arguments);
        ((IConvertedCodec)codec).Converter = _activate(converter);
        return codec;
    }

    private sealed record Entry(Type Converter, Type Served);
}
