using Orleans;
using OrleansShop.Engine.Manifest;
using OrleansShop.Engine.Serialization.Lookup;

namespace OrleansShop.Engine.Serialization.Converters;

/// <summary>Codecs of types that a converter turns into a surrogate.</summary>
/// <param name="manifest">Names the converters.</param>
/// <param name="activate">Creates a converter, with what its constructor needs.</param>
internal sealed class ConverterSource(TypeManifestBuilder manifest, Func<Type, object> activate) : ICodecSource
{
    private readonly ServedTypes _converters = new(manifest.Converters, typeof(IConverter<,>));

    /// <summary>The types that converters serve; generic ones as definitions.</summary>
    public IReadOnlyCollection<Type> ValueTypes => _converters.Types;

    public Codec? TryCreate(Type type)
    {
        if (!_converters.TryFind(type, out var converter, out var conversion)) return null;
        var arguments = conversion.GetGenericArguments();
        var codec = GenericCodecs.Close(arguments[0].IsValueType ? typeof(ConvertedValueCodec<,>) : typeof(ConvertedObjectCodec<,>), arguments);
        ((IConvertedCodec)codec).Converter = activate(converter);
        return codec;
    }
}
