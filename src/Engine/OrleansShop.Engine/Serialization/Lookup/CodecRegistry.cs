using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Serialization.Activators;
using OrleansShop.Engine.Serialization.Naming;
using OrleansShop.Engine.Serialization.Objects;

namespace OrleansShop.Engine.Serialization.Lookup;

/// <summary>All codecs of a process: those of the manifests, those that come with the engine, and those made of both for generic types.</summary>
/// <remarks>
/// A codec is made when its type is first asked for, together with those of its members, and seen by other threads when all of
/// them are complete. Thread-safe. Hot path: <see cref="ICodecProvider.Get{T}"/>.
/// </remarks>
internal sealed class CodecRegistry : ICodecProvider
{
    private readonly ConcurrentDictionary<Type, Codec> _complete = new();
    private readonly ConcurrentDictionary<Type, Codec> _byRuntimeType = new();
    private readonly ICodecSource[] _sources;
    private readonly TypeNames _names;
    private readonly ServedTypes _activators;
    private readonly IServiceProvider _services;

    // Guards the three fields below it, and the growth of _found.
    private readonly Lock _gate = new();
    private readonly Dictionary<Type, Codec> _resolving = [];
    private int _resolveDepth;
    private Codec?[] _found = new Codec?[256];

    /// <summary>Creates the registry.</summary>
    /// <param name="sources">What makes codecs; the first that makes one counts.</param>
    /// <param name="names">The names of types.</param>
    /// <param name="activators">The classes marked with <c>[RegisterActivator]</c>.</param>
    /// <param name="services">What codecs, activators and the objects that they make need.</param>
    public CodecRegistry(IEnumerable<ICodecSource> sources, TypeNames names, IEnumerable<Type> activators, IServiceProvider services)
    {
        _sources = [.. sources];
        _names = names;
        _activators = new ServedTypes(activators, typeof(IActivator<>));
        _services = services;
    }

    Codec?[] ICodecProvider.Found => Volatile.Read(ref _found);

    /// <summary>The same as <see cref="ICodecProvider.Get{T}"/>, without a call through the interface.</summary>
    public Codec<T> Get<T>()
    {
        var found = Volatile.Read(ref _found);
        var index = TypeIndex<T>.Value;
        return index < found.Length && found[index] is { } codec ? Unsafe.As<Codec<T>>(codec) : (Codec<T>)((ICodecProvider)this).Add(typeof(T), index);
    }

    /// <summary>Whether there is a codec for the type. Makes it if so.</summary>
    public bool Knows(Type type) => _complete.ContainsKey(type) || _sources.Any(source => source.TryCreate(type) is not null);

    public Codec GetForRuntimeType(Type runtimeType) =>
        _byRuntimeType.TryGetValue(runtimeType, out var codec) ? codec : _byRuntimeType.GetOrAdd(runtimeType, FindForRuntimeType(runtimeType));

    Codec ICodecProvider.Add(Type type, int index)
    {
        lock (_gate)
        {
            if (!_complete.TryGetValue(type, out var codec))
            {
                codec = GetOrResolve(type);

                // Other threads must not see it before its members' codecs are complete too.
                if (_resolveDepth > 0) return codec;
            }

            if (index >= _found.Length)
            {
                var larger = new Codec?[Math.Max(index + 1, 2 * _found.Length)];
                _found.CopyTo(larger, 0);
                Volatile.Write(ref _found, larger);
            }

            Volatile.Write(ref _found[index], codec);
            return codec;
        }
    }

    object ICodecProvider.GetService(Type type)
    {
        try
        {
            return ActivatorUtilities.GetServiceOrCreateInstance(_services, type);
        }
        catch (InvalidOperationException fault)
        {
            throw new PayloadException($"A codec needs {type}, which is no service and cannot be created: {fault.Message}", fault);
        }
    }

    object? ICodecProvider.FindActivator(Type type) =>
        _activators.TryFind(type, out var activator, out _) ? ((ICodecProvider)this).GetService(activator) : null;

    WireTypeName ICodecProvider.NameOf(Type type) => _names.NameOf(type);

    Type? ICodecProvider.FindType(ReadOnlySpan<byte> utf8Name) => _names.Find(utf8Name);

    Type? ICodecProvider.FindType(uint wellKnown) => TypeNames.Find(wellKnown);

    private Codec GetOrResolve(Type type)
    {
        lock (_gate)
        {
            if (_complete.TryGetValue(type, out var known) || _resolving.TryGetValue(type, out known)) return known;
            var codec = Create(type) ?? throw NoCodec(type);
            _resolving.Add(type, codec);
            _resolveDepth++;
            try
            {
                codec.Resolve(this);
            }
            catch
            {
                // Whatever refers to this codec is not complete either, and all of it is on the stack above.
                _resolving.Clear();
                throw;
            }
            finally
            {
                _resolveDepth--;
            }

            if (_resolveDepth == 0)
            {
                foreach (var (each, complete) in _resolving) _complete.TryAdd(each, complete);
                _resolving.Clear();
            }

            return codec;
        }
    }

    private Codec? Create(Type type)
    {
        foreach (var source in _sources)
        {
            if (source.TryCreate(type) is not { } codec) continue;
            Invariant(codec.ValueType == type, codec, type);
            return codec;
        }

        return null;
    }

    /// <summary>The codec that writes objects of a class, which need not be one that can be declared.</summary>
    private Codec FindForRuntimeType(Type type)
    {
        if (type == typeof(object)) return new BareObjectCodec();
        if (typeof(IAddressable).IsAssignableFrom(type)) return GetOrResolve(typeof(IAddressable));
        if (typeof(Type).IsAssignableFrom(type)) return GetOrResolve(typeof(Type));
        if (!type.IsInterface && !type.IsAbstract && Create(type) is not (null or Exceptions.IExceptionCodec)) return GetOrResolve(type);
        if (typeof(Exception).IsAssignableFrom(type)) return GetOrResolve(typeof(Exception));

        // A class behind an abstract one, such as those of frozen collections and of read-only addresses.
        for (var above = type; above is not null && above != typeof(object); above = above.BaseType)
        {
            if (Create(above) is null) continue;
            var codec = GetOrResolve(above);
            if (codec is ITakesDerived { TakesDerived: true }) return codec;
        }

        return SequenceSource.TryFind(type) is { } sequence ? Resolved(sequence) : throw NoCodec(type);
    }

    private Codec Resolved(Codec codec)
    {
        codec.Resolve(this);
        return codec;
    }

    private static void Invariant(bool holds, Codec codec, Type type)
    {
        if (!holds) throw new InvalidOperationException($"{codec.GetType()} was registered for {type} and serves {codec.ValueType}.");
    }

    private static PayloadException NoCodec(Type type) => new(
        $"There is no codec for {type}. Mark it with [GenerateSerializer] and its members with [Id], or register an IConverter for it " +
        "with [RegisterConverter], or let AddJsonSerializer serve it.");
}

/// <summary>Makes codecs of some types.</summary>
internal interface ICodecSource
{
    /// <summary>Returns a new codec, not yet resolved, or null if the type is none of its own.</summary>
    Codec? TryCreate(Type type);
}

/// <summary>A codec that may write objects of classes derived from its type as if they were of that type.</summary>
internal interface ITakesDerived
{
    bool TakesDerived { get; }
}
