using OrleansShop.Engine.Serialization.Naming;

namespace OrleansShop.Engine.Serialization.Lookup;

/// <summary>Codecs of the types in <see cref="BuiltInTypes"/>.</summary>
internal sealed class BuiltInSource : ICodecSource
{
    public Codec? TryCreate(Type type)
    {
        var definition = type.IsConstructedGenericType ? type.GetGenericTypeDefinition() : type;
        if (!BuiltInTypes.ByType.TryGetValue(definition, out var builtIn) || builtIn.Codec is not { } codec) return null;
        return type.IsConstructedGenericType ? GenericCodecs.Close(codec, type.GetGenericArguments()) : (Codec)Activator.CreateInstance(codec)!;
    }
}
