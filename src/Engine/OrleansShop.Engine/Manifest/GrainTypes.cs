using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Metadata;
using Orleans.Runtime;
using OrleansShop.Engine.Identity;
using OrleansShop.Engine.Serialization;
using OrleansShop.Engine.Versions;

namespace OrleansShop.Engine.Manifest;

/// <summary>
/// Which classes there are, which interfaces they implement, and what was generated for those. The classes of this process are
/// fixed; those of other silos come with each view (<see cref="Learn"/>).
/// </summary>
/// <remarks>
/// Every start makes it, once, so it is written with plain dictionaries and loops: frozen ones, and queries over these value types, would be compiled for
/// it alone.
/// </remarks>
internal sealed class GrainTypes
{
    private readonly Dictionary<GrainType, Type> _classes = [];
    private readonly Dictionary<Type, Func<GrainInterfaceEntry>> _interfaces;
    private readonly Dictionary<GrainInterfaceType, Type> _interfacesByName = [];
    private readonly Dictionary<Type, GrainInterfaceType> _namesByInterface = [];

    private readonly InterfaceVersions _versions;

    // Grain types that references were made to before any silo was known to host them.
    private readonly ConcurrentDictionary<GrainType, byte> _expected = new();

    // Replaced as a whole by Learn; the resolutions that depend on it are in it.
    private volatile Knowledge _known;

    /// <param name="manifest">What was generated for the assemblies of this process.</param>
    /// <param name="allowedClasses">The classes that the application wants hosted; null or empty for all.</param>
    /// <param name="hostsClasses">Whether this is a silo.</param>
    /// <param name="onRequest">The engine's own types that the features of this silo need.</param>
    /// <param name="versions">The versions of the interfaces; null for what their attributes say.</param>
    public GrainTypes(TypeManifestBuilder manifest, IReadOnlySet<Type>? allowedClasses, bool hostsClasses, IEnumerable<HostedGrainType>? onRequest = null, InterfaceVersions? versions = null)
    {
        _versions = versions ?? new InterfaceVersions();
        _interfaces = manifest.Interfaces;
        foreach (var type in _interfaces.Keys) AddInterface(GrainTypeNames.OfInterface(type), type);
        if (hostsClasses)
        {
            foreach (var type in manifest.GrainClasses)
            {
                if (allowedClasses is { Count: > 0 } && !allowedClasses.Contains(type)) continue;
                if (IsAlwaysHosted(type)) AddClass(GrainTypeNames.OfClass(type), type);
            }
        }

        foreach (var hosted in onRequest ?? []) AddClass(hosted.GrainType, hosted.GrainClass);
        var described = ImmutableArray.CreateBuilder<KnownGrain>(_classes.Count);
        foreach (var (grainType, grainClass) in _classes) described.Add(Describe(grainType, grainClass));
        Hosted = described.MoveToImmutable();
        _known = new Knowledge(Hosted);
    }

    /// <summary>The grain classes of this process, as other processes get to know them.</summary>
    public ImmutableArray<KnownGrain> Hosted { get; }

    /// <summary>All classes known: those of this process and those of the other silos.</summary>
    public ImmutableArray<KnownGrain> Known => _known.Grains;

    /// <summary>Takes over the classes that all silos of a view host. Called for each view; cheap if nothing changed.</summary>
    public void Learn(IEnumerable<KnownGrain> ofAllSilos)
    {
        var all = new Knowledge([.. Hosted, .. ofAllSilos]);
        if (!all.HasTypesOf(_known)) _known = all;
    }

    /// <summary>The class of a grain type, of this process or another; null if no silo is known to host it.</summary>
    public KnownGrain? FindKnown(GrainType grainType) => _known.Find(OpenTypeOf(grainType));

    /// <summary>What the silos host, silo by silo, for those whose class nobody hosts; null where there is no cluster.</summary>
    public Func<string>? DescribeHosts { get; set; }

    /// <summary>Whether a reference was made to a grain type before any silo was known to host it: calls wait for the first.</summary>
    public bool IsExpected(GrainType grainType) => !_expected.IsEmpty && _expected.ContainsKey(OpenTypeOf(grainType));

    /// <summary>Whether a grain type, of this process or another, is a stateless worker.</summary>
    public bool IsStatelessWorker(GrainType grainType) => _known.Find(OpenTypeOf(grainType))?.IsStatelessWorker ?? false;

    /// <summary>The class in this process, closed if its grain type has type arguments; null if this process does not host it.</summary>
    public Type? FindClass(GrainType grainType, ICodecProvider codecs)
    {
        if (_classes.TryGetValue(grainType, out var type)) return type.IsGenericTypeDefinition ? null : type;
        var name = grainType.ToString();
        if (!name.Contains("[[", StringComparison.Ordinal) || !_classes.TryGetValue(OpenTypeOf(grainType), out type) || !type.IsGenericTypeDefinition) return null;
        return TypeArguments.Close(type, name, codecs);
    }

    /// <summary>The interface with this name, closed if the name has type arguments; null if this process does not know it.</summary>
    public Type? FindInterface(GrainInterfaceType name, ICodecProvider codecs)
    {
        if (_interfacesByName.TryGetValue(name, out var type)) return type.IsGenericTypeDefinition ? null : type;
        var text = name.ToString();
        if (!text.Contains("[[", StringComparison.Ordinal)) return null;
        return _interfacesByName.TryGetValue(GrainInterfaceType.Create(TypeNaming.WithoutArguments(text)), out type) ? TypeArguments.Close(type, text, codecs) : null;
    }

    /// <summary>The name of an interface, with its type arguments if it is generic.</summary>
    public GrainInterfaceType NameOf(Type interfaceType, ICodecProvider codecs)
    {
        if (_namesByInterface.TryGetValue(interfaceType, out var name)) return name;
        if (!interfaceType.IsConstructedGenericType || !_namesByInterface.TryGetValue(interfaceType.GetGenericTypeDefinition(), out name))
            throw NotAGrainInterface(interfaceType);
        return GrainInterfaceType.Create(name + TypeArguments.Text(interfaceType, codecs));
    }

    /// <summary>What was generated for an interface; for a closed generic one what was generated for its open form. Made anew by each call.</summary>
    public GrainInterfaceEntry EntryOf(Type interfaceType) =>
        _interfaces.TryGetValue(interfaceType.IsConstructedGenericType ? interfaceType.GetGenericTypeDefinition() : interfaceType, out var describe)
            ? describe()
            : throw NotAGrainInterface(interfaceType);

    /// <summary>The grain type that a reference to <paramref name="interfaceType"/> means.</summary>
    /// <param name="interfaceType">A grain interface; closed if generic.</param>
    /// <param name="classPrefix">The beginning of the full name of the class that is meant; null if there is no choice.</param>
    /// <param name="codecs">To name type arguments.</param>
    /// <exception cref="ArgumentException">No class, or more than one, fits.</exception>
    public GrainType Resolve(Type interfaceType, string? classPrefix, ICodecProvider codecs)
    {
        var known = _known;
        if (known.Resolved.TryGetValue((interfaceType, classPrefix), out var resolved)) return resolved;
        var open = interfaceType.IsConstructedGenericType ? interfaceType.GetGenericTypeDefinition() : interfaceType;
        var name = _namesByInterface.TryGetValue(open, out var found) ? found : throw NotAGrainInterface(interfaceType);
        if (classPrefix is null && known.Implementing(name).Count == 0 && Expected(open) is { } expected)
        {
            // Not remembered as resolved: as soon as a silo hosts a class, that says what its type is.
            _expected.TryAdd(expected, 0);
            return interfaceType.IsConstructedGenericType ? GrainType.Create(expected + TypeArguments.Text(interfaceType, codecs)) : expected;
        }

        var grain = Choose(interfaceType, open, name, classPrefix, known);
        resolved = interfaceType.IsConstructedGenericType && grain.GrainType.ToString().Contains('`', StringComparison.Ordinal)
            ? GrainType.Create(grain.GrainType + ArgumentsOfClass(grain, interfaceType, codecs))
            : grain.GrainType;
        known.Resolved.TryAdd((interfaceType, classPrefix), resolved);
        return resolved;
    }

    // Services of a system start one after the other: the interface often says what the class will be called. In a silo without a cluster
    // nobody else can come.
    private GrainType? Expected(Type open)
    {
        if (DescribeHosts is null || typeof(IGrainObserver).IsAssignableFrom(open) || typeof(IGrainExtension).IsAssignableFrom(open)) return null;
        if (open.GetCustomAttribute<DefaultGrainTypeAttribute>() is { } named) return GrainType.Create(named.GrainType);
        return open.Name.Length > 2 && open.Name[0] == 'I' && char.IsUpper(open.Name[1]) ? GrainTypeNames.OfClassNamed(open.Name[1..]) : null;
    }

    private KnownGrain Choose(Type interfaceType, Type open, GrainInterfaceType name, string? classPrefix, Knowledge known)
    {
        var all = known.Implementing(name);
        if (all.Count == 0)
        {
            var hosted = string.Join(", ", known.Grains.Select(static grain => grain.ClassName).Order(StringComparer.Ordinal));
            throw new ArgumentException(
                $"No silo hosts a grain class that implements {interfaceType}. {DescribeHosts?.Invoke() ?? $"Hosted are: {(hosted.Length == 0 ? "none" : hosted)}."} "
                + "Is the class's assembly referenced by the silo's executable, and built with the source generator?");
        }

        if (classPrefix is not null)
        {
            var fitting = all.Where(grain => grain.ClassName.StartsWith(classPrefix, StringComparison.Ordinal)).ToList();
            if (fitting.Count > 1 && fitting.Find(grain => grain.ClassName == classPrefix) is { } exact) return exact;
            return fitting.Count == 1 ? fitting[0] : throw Ambiguous(interfaceType, $"the prefix \"{classPrefix}\"", fitting.Count == 0 ? all : fitting);
        }

        if (all.Count == 1) return all[0];
        if (open.GetCustomAttribute<DefaultGrainTypeAttribute>() is { } preferred && all.Find(grain => grain.GrainType == GrainType.Create(preferred.GrainType)) is { } chosen) return chosen;

        // By convention ICounterGrain means CounterGrain where there are others too.
        var conventional = open.Name.StartsWith('I') ? open.Name[1..] : open.Name;
        var named = all.Where(grain => grain.ClassName.EndsWith("." + conventional, StringComparison.Ordinal) || grain.ClassName.EndsWith("+" + conventional, StringComparison.Ordinal)).ToList();
        return named.Count == 1 ? named[0] : throw Ambiguous(interfaceType, "the interface alone", all);
    }

    // Type arguments go by position where the class is not here to ask.
    private string ArgumentsOfClass(KnownGrain grain, Type interfaceType, ICodecProvider codecs) =>
        _classes.TryGetValue(grain.GrainType, out var type) && type.IsGenericTypeDefinition
            ? TypeArguments.OfClass(type, interfaceType, codecs)
            : TypeArguments.Text(interfaceType, codecs);

    private KnownGrain Describe(GrainType grainType, Type grainClass) => new(
        grainType,
        grainClass.FullName ?? grainClass.Name,
        grainClass.IsDefined(typeof(Orleans.Concurrency.StatelessWorkerAttribute), inherit: true),
        InterfacesOf(grainClass))
    {
        Bindings = BindingsOf(grainType, grainClass),
    };

    private static ImmutableArray<ImmutableDictionary<string, string>> BindingsOf(GrainType grainType, Type grainClass)
    {
        var attributes = grainClass.GetCustomAttributes(inherit: true).OfType<IGrainBindingsProviderAttribute>().ToList();
        if (attributes.Count == 0) return [];
        using var services = new ServiceCollection().BuildServiceProvider();
        return [.. attributes.SelectMany(attribute => attribute.GetBindings(services, grainClass, grainType))
            .Select(static binding => binding.Where(static pair => pair.Value is not null).ToImmutableDictionary(static pair => pair.Key, static pair => pair.Value!, StringComparer.Ordinal))];
    }

    private ImmutableArray<KnownInterface> InterfacesOf(Type grainClass)
    {
        var known = ImmutableArray.CreateBuilder<KnownInterface>();
        var seen = new HashSet<Type>();
        foreach (var type in grainClass.GetInterfaces())
        {
            var open = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
            if (_namesByInterface.TryGetValue(open, out var name) && seen.Add(open)) known.Add(new KnownInterface(name, _versions.Of(open)));
        }

        return known.ToImmutable();
    }

    private static GrainType OpenTypeOf(GrainType grainType)
    {
        if (!grainType.AsSpan().Contains((byte)'[')) return grainType;
        return GrainType.Create(TypeNaming.WithoutArguments(grainType.ToString()));
    }

    private static bool IsAlwaysHosted(Type grainClass) => !grainClass.IsDefined(typeof(HostedOnRequestAttribute), inherit: false);

    private void AddInterface(GrainInterfaceType name, Type type)
    {
        _namesByInterface.Add(type, name);
        if (!_interfacesByName.TryAdd(name, type)) throw new OrleansConfigurationException($"The grain interfaces {_interfacesByName[name]} and {type} are both named \"{name}\". Names and aliases are unique.");
    }

    private void AddClass(GrainType grainType, Type type)
    {
        if (!_classes.TryAdd(grainType, type) && _classes[grainType] is var other && other != type)
        {
            throw new OrleansConfigurationException(
                $"The grain classes {other} and {type} are both named \"{grainType}\". Give one of them a [GrainType] of its own, or host only one (GrainTypeOptions.Classes).");
        }
    }

    private static ArgumentException NotAGrainInterface(Type type) => new(
        $"{type} is not a grain interface that code was generated for. It has to be an interface derived from IGrain or IGrainObserver, in an assembly built with the source generator.");

    private static ArgumentException Ambiguous(Type interfaceType, string given, List<KnownGrain> grains) => new(
        $"{given} does not say which class implements {interfaceType}: {string.Join(", ", grains.Select(static grain => $"{grain.ClassName} (\"{grain.GrainType}\")"))}. "
        + "Pass a class name prefix that fits one of them, or put [DefaultGrainType] on the interface.");

    private sealed class Knowledge
    {
        private readonly Dictionary<GrainType, KnownGrain> _byType = [];

        /// <param name="grains">The grains; of several of one type the first counts.</param>
        public Knowledge(ImmutableArray<KnownGrain> grains)
        {
            foreach (var grain in grains) _byType.TryAdd(grain.GrainType, grain);
            Grains = [.. _byType.Values];
        }

        public ImmutableArray<KnownGrain> Grains { get; }

        public ConcurrentDictionary<(Type Interface, string? Prefix), GrainType> Resolved { get; } = new();

        public KnownGrain? Find(GrainType grainType) => _byType.GetValueOrDefault(grainType);

        public bool HasTypesOf(Knowledge other) => Grains.Length == other.Grains.Length && Grains.All(grain => other.Find(grain.GrainType) is not null);

        public List<KnownGrain> Implementing(GrainInterfaceType name) => [.. Grains.Where(grain => grain.Interfaces.Any(known => known.Name == name))];
    }
}
