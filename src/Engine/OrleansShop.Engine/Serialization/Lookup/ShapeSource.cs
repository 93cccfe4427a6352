using Orleans.Runtime;
using OrleansShop.Engine.Serialization.Collections;
using OrleansShop.Engine.Serialization.Exceptions;
using OrleansShop.Engine.Serialization.Objects;
using OrleansShop.Engine.Serialization.References;
using OrleansShop.Engine.Serialization.Values;

namespace OrleansShop.Engine.Serialization.Lookup;

/// <summary>Codecs of types that are recognised by their shape: arrays, enums, grain interfaces, exceptions.</summary>
internal sealed class ShapeSource(GrainReferences references, ExceptionTypes exceptions) : ICodecSource
{
    public Codec? TryCreate(Type type)
    {
        if (type.IsSZArray) return GenericCodecs.Close(typeof(ArrayCodec<>), type.GetElementType()!);
        if (type.IsArray) return GenericCodecs.Close(typeof(MatrixCodec<,>), type, type.GetElementType()!);
        if (type.IsEnum) return GenericCodecs.Close(typeof(EnumCodec<>), type);
        if (type == typeof(Exception)) return new ExceptionCodec(exceptions);
        if (typeof(Exception).IsAssignableFrom(type)) return GenericCodecs.Close(typeof(DeclaredExceptionCodec<>), type);
        if (type == typeof(GrainReference) || (type.IsInterface && typeof(IAddressable).IsAssignableFrom(type)))
        {
            var codec = GenericCodecs.Close(typeof(GrainReferenceCodec<>), type);
            ((INeedsGrainReferences)codec).References = references;
            return codec;
        }

        return null;
    }
}

/// <summary>The codec of fields that can hold many types: interfaces, <see cref="object"/>, and abstract classes that have no codec of their own.</summary>
internal sealed class RuntimeTypedSource : ICodecSource
{
    public Codec? TryCreate(Type type) => type == typeof(object) || type.IsInterface || (type.IsAbstract && type.IsClass && !type.IsSealed)
        ? GenericCodecs.Close(typeof(RuntimeTypedCodec<>), type)
        : null;
}

/// <summary>The codec of sequences whose class cannot be made again.</summary>
internal static class SequenceSource
{
    /// <summary>
    /// Returns the codec for the one sequence that the type is; null if it is none or, being one by several interfaces, none in particular.
    /// Classes of applications are not taken: what else they hold would be lost without a word.
    /// </summary>
    public static Codec? TryFind(Type type)
    {
        var isFromLibrary = type.Namespace is { } space && (space == "System" || space.StartsWith("System.", StringComparison.Ordinal));
        var isFromCompiler = type.Namespace is null && type.Name.StartsWith("<>z__", StringComparison.Ordinal);
        if (!isFromLibrary && !isFromCompiler) return null;
        var sequences = type.GetInterfaces().Append(type)
            .Where(each => each.IsConstructedGenericType && each.GetGenericTypeDefinition() == typeof(IEnumerable<>)).Take(2).ToList();
        return sequences is [var only] ? GenericCodecs.Close(typeof(SequenceCodec<>), only.GetGenericArguments()) : null;
    }
}
