using System.Runtime.CompilerServices;
using Orleans.Serialization.Activators;

namespace OrleansShop.Engine.Serialization;

/// <summary>Finds the codec of a type, and the types that names in payloads stand for. Thread-safe.</summary>
public interface ICodecProvider
{
    /// <summary>The codecs found so far, at the index of their type. Replaced, never changed in place, except that empty entries are filled.</summary>
    internal Codec?[] Found { get; }

    /// <summary>Returns the codec of <typeparamref name="T"/>.</summary>
    /// <remarks>Hot path: an array read at a static index, a few nanoseconds, no allocation after the first call for a type.</remarks>
    /// <exception cref="PayloadException">No codec is known; the message names the type.</exception>
    sealed Codec<T> Get<T>()
    {
        var found = Found;
        var index = TypeIndex<T>.Value;
        return index < found.Length && found[index] is { } codec ? Unsafe.As<Codec<T>>(codec) : (Codec<T>)Add(typeof(T), index);
    }

    /// <summary>
    /// Returns the codec that writes the members that <typeparamref name="T"/> itself declares, for the codec of a class derived from it.
    /// Known for classes with a generated codec and for <see cref="Exception"/> (message, stack trace, inner exception, HResult).
    /// </summary>
    /// <exception cref="PayloadException">No such codec is known; the message names the type.</exception>
    sealed ObjectCodec<T> GetLevel<T>()
        where T : class
        => Get<T?>() switch
        {
            ObjectCodec<T> codec => codec,
            IHasLevel<T> { Level: { } level } => level,
            _ => throw new PayloadException($"{typeof(T)} has no codec that a derived class's codec could build on."),
        };

    /// <summary>Returns the codec for objects whose runtime type is <paramref name="runtimeType"/>: its own, or that of a type it derives from.</summary>
    /// <exception cref="PayloadException">No codec is known; the message names the type.</exception>
    Codec GetForRuntimeType(Type runtimeType);

    /// <summary>Returns a service of the process, or a new object made with services if the type is none. For codecs, while they resolve.</summary>
    /// <exception cref="PayloadException">The type can be neither found nor made.</exception>
    sealed T GetService<T>()
        where T : class
        => (T)GetService(typeof(T));

    /// <summary>Returns the registered activator of a type.</summary>
    /// <exception cref="PayloadException">There is none.</exception>
    sealed IActivator<T> GetActivator<T>() => (IActivator<T>?)FindActivator(typeof(T))
        ?? throw new PayloadException($"{typeof(T)} has [UseActivator], and no class with [RegisterActivator] is an IActivator for it.");

    /// <summary>Returns a service, or a new object made with services.</summary>
    internal object GetService(Type type);

    /// <summary>Returns the activator of a type, or null.</summary>
    internal object? FindActivator(Type type);

    /// <summary>Makes the codec of a type that was not asked for before, and keeps it.</summary>
    internal Codec Add(Type type, int index);

    /// <summary>Returns what stands for a type in payloads.</summary>
    internal WireTypeName NameOf(Type type);

    /// <summary>Returns the type that a name in a payload stands for, or null if there is none that a payload may create.</summary>
    internal Type? FindType(ReadOnlySpan<byte> utf8Name);

    /// <summary>Returns the type that a well-known number stands for, or null.</summary>
    internal Type? FindType(uint wellKnown);
}

/// <summary>Numbers types in the order in which they are first asked for, process-wide.</summary>
internal static class TypeIndex
{
    private static int s_last = -1;

    public static int Next() => Interlocked.Increment(ref s_last);
}

/// <summary>The number of one type.</summary>
internal static class TypeIndex<T>
{
    public static readonly int Value = TypeIndex.Next();
}

/// <summary>A codec of whole objects that can write and set the members of one by themselves too, for the codecs of derived classes.</summary>
internal interface IHasLevel<T>
    where T : class
{
    /// <summary>The codec of the members, or null.</summary>
    ObjectCodec<T>? Level { get; }
}

/// <summary>What stands for a type in payloads.</summary>
/// <param name="Type">The type.</param>
/// <param name="WellKnown">The number that stands for it without a name being written, or 0.</param>
/// <param name="Utf8">The name; not used if there is a number.</param>
internal sealed record WireTypeName(Type Type, uint WellKnown, byte[] Utf8);
