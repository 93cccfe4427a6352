using OrleansShop.Engine.Manifest;

namespace OrleansShop.Engine.Serialization.Lookup;

/// <summary>Codecs that the generator made.</summary>
internal sealed class ManifestSource(TypeManifestBuilder manifest) : ICodecSource
{
    public Codec? TryCreate(Type type)
    {
        if (manifest.Codecs.TryGetValue(type, out var create)) return create();
        return type.IsConstructedGenericType && manifest.GenericCodecs.TryGetValue(type.GetGenericTypeDefinition(), out var definition)
            ? GenericCodecs.Close(definition, type.GetGenericArguments())
            : null;
    }
}
