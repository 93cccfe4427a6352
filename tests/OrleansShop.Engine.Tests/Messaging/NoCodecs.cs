using OrleansShop.Engine.Serialization;

namespace OrleansShop.Engine.Tests.Messaging;

/// <summary>Codecs for frames that have no payload.</summary>
internal sealed class NoCodecs : ICodecProvider
{
    object ICodecProvider.GetService(Type type) => throw new NotSupportedException();

    object? ICodecProvider.FindActivator(Type type) => null;

    public static NoCodecs Instance { get; } = new();

    Codec?[] ICodecProvider.Found => [];

    Codec ICodecProvider.GetForRuntimeType(Type runtimeType) => throw new PayloadException($"No codec for {runtimeType}.");

    Codec ICodecProvider.Add(Type type, int index) => throw new PayloadException($"No codec for {type}.");

    WireTypeName ICodecProvider.NameOf(Type type) => throw new PayloadException($"No name for {type}.");

    Type? ICodecProvider.FindType(ReadOnlySpan<byte> utf8Name) => null;

    Type? ICodecProvider.FindType(uint wellKnown) => null;
}
