using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Metadata;
using Orleans.Runtime;
using Orleans.Streams;
using OrleansShop.Engine.Manifest;
using OrleansShop.Engine.Streams.Subscribing;

namespace OrleansShop.Engine.Streams.Implicit;

/// <summary>Which grains are subscribed to a stream by an attribute of their class: a class of this silo or of another one of the view.</summary>
internal sealed partial class ImplicitSubscriptions(GrainTypes types, NamespacePredicates predicates, IServiceProvider services, ILogger<ImplicitSubscriptions> logger)
{
    private readonly ILogger _logger = logger;

    // Made anew when the view brings other classes.
    private volatile Bound _bound = new([], []);

    /// <summary>The subscriptions to a stream.</summary>
    public List<StreamSubscription> Of(string provider, StreamId stream)
    {
        var found = new List<StreamSubscription>();
        foreach (var binding in Bindings)
        {
            if (binding.Predicate.IsMatch(stream.GetNamespace() ?? "") && TryMap(binding, stream) is { } key)
                found.Add(new StreamSubscription(ImplicitSubscriptionId.Of(provider, stream, binding.Grain.GrainType), GrainId.Create(binding.Grain.GrainType, key), FilterData: null));
        }

        // A class with two attributes that fit is subscribed once.
        return [.. found.DistinctBy(static subscription => subscription.Id)];
    }

    /// <summary>The subscription of a grain to a stream; null if it has none.</summary>
    public Guid? Find(string provider, StreamId stream, GrainId grain)
    {
        foreach (var binding in Bindings)
        {
            if (binding.Grain.GrainType == grain.Type && binding.Predicate.IsMatch(stream.GetNamespace() ?? "") && TryMap(binding, stream) == grain.Key)
                return ImplicitSubscriptionId.Of(provider, stream, grain.Type);
        }

        return null;
    }

    private ImmutableArray<Binding> Bindings
    {
        get
        {
            var bound = _bound;
            if (bound.Known != types.Known)
                _bound = bound = new Bound(types.Known, Bind(types.Known));
            return bound.Bindings;
        }
    }

    private ImmutableArray<Binding> Bind(ImmutableArray<KnownGrain> grains) =>
    [
        .. from grain in grains
           from binding in grain.Bindings
           where binding.GetValueOrDefault(WellKnownGrainTypeProperties.BindingTypeKey) == WellKnownGrainTypeProperties.StreamBindingTypeValue
           let predicate = predicates.Find(binding.GetValueOrDefault(WellKnownGrainTypeProperties.StreamBindingPatternKey) ?? "", grain)
           where predicate is not null
           select new Binding(grain, binding, predicate, new GrainBindings(grain.GrainType, grain.Bindings)),
    ];

    private IdSpan? TryMap(Binding binding, StreamId stream)
    {
        if (binding.Properties.GetValueOrDefault(WellKnownGrainTypeProperties.StreamIdMapperKey) is { } mapper)
        {
            return (services.GetKeyedService<IStreamIdMapper>(mapper) ?? throw new OrleansConfigurationException(
                $"The grain class {binding.Grain.ClassName} names the stream id mapper \"{mapper}\", and none is registered under that name. Register it as a keyed service IStreamIdMapper.")).GetGrainKeyId(binding.Grains, stream);
        }

        var ns = binding.Properties.GetValueOrDefault(WellKnownGrainTypeProperties.StreamBindingIncludeNamespaceKey) == "true" ? stream.GetNamespace() : null;
        var key = stream.GetKeyAsString();
        switch (binding.Properties.GetValueOrDefault(WellKnownGrainTypeProperties.LegacyGrainKeyType))
        {
            case nameof(Guid) when Guid.TryParse(key, out var guid):
                return GrainIdKeyExtensions.CreateGuidKey(guid, ns);
            case "Long" when long.TryParse(key, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number):
                return GrainIdKeyExtensions.CreateIntegerKey(number, ns);
            case null:
                return IdSpan.Create(key);
            default:
                LogNoKey(stream, binding.Grain.ClassName);
                return null;
        }
    }

    [LoggerMessage(1732, LogLevel.Warning, "Stream {Stream} has implicit subscriptions of {GrainClass}, but its key is not one that grains of that class can have. They get none of its events.")]
    private partial void LogNoKey(StreamId stream, string grainClass);

    private sealed record Binding(KnownGrain Grain, ImmutableDictionary<string, string> Properties, IStreamNamespacePredicate Predicate, GrainBindings Grains);

    private sealed record Bound(ImmutableArray<KnownGrain> Known, ImmutableArray<Binding> Bindings);
}
