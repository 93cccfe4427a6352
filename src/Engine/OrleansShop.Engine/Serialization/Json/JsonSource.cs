using System.Text.Json;
using OrleansShop.Engine.Serialization.Lookup;
using OrleansShop.Engine.Serialization.Naming;

namespace OrleansShop.Engine.Serialization.Json;

/// <summary>Types that an application serializes as JSON.</summary>
/// <param name="isSupported">Says which.</param>
/// <param name="options">How; the defaults of <see cref="JsonSerializerOptions"/> if null.</param>
internal sealed class JsonSource(Func<Type, bool> isSupported, JsonSerializerOptions? options) : ICodecSource
{
    private readonly JsonSerializerOptions _options = options ?? JsonSerializerOptions.Default;

    public Codec? TryCreate(Type type)
    {
        if (type.IsInterface || type.IsAbstract || type.ContainsGenericParameters || !isSupported(type)) return null;
        var codec = GenericCodecs.Close(typeof(JsonCodec<>), type);
        ((IJsonCodec)codec).Options = _options;
        return codec;
    }

    /// <summary>Finds a type by its full name among those that are loaded; null if it is none that is supported.</summary>
    public Type? Find(string fullName) => LoadedTypes.Find(
        AppDomain.CurrentDomain.GetAssemblies(), fullName, type => !type.IsAbstract && !type.ContainsGenericParameters && isSupported(type));
}
