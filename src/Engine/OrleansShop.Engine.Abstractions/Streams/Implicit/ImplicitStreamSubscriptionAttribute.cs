using Orleans.Metadata;
using Orleans.Runtime;
using Orleans.Streams;

namespace Orleans;

/// <summary>
/// Subscribes every grain of a class to the streams with its own key in certain namespaces: an event activates the grain. The grain
/// takes events when it resumes the subscription, in <c>OnActivateAsync</c> or in <see cref="Streams.Core.IStreamSubscriptionObserver"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public class ImplicitStreamSubscriptionAttribute : Attribute, IGrainBindingsProviderAttribute
{
    /// <summary>Subscribes to all namespaces.</summary>
    public ImplicitStreamSubscriptionAttribute() => Predicate = new AllStreamNamespacesPredicate();

    /// <summary>Subscribes to one namespace.</summary>
    /// <param name="streamNamespace">The namespace.</param>
    /// <param name="streamIdMapper">The name of a stream id mapper; null for the usual one.</param>
    public ImplicitStreamSubscriptionAttribute(string streamNamespace, string? streamIdMapper = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(streamNamespace);
        Predicate = new ExactMatchStreamNamespacePredicate(streamNamespace.Trim());
        StreamIdMapper = streamIdMapper;
    }

    /// <summary>Subscribes to the namespaces that a predicate means.</summary>
    /// <param name="predicateType">The predicate's class, with a constructor without parameters.</param>
    /// <param name="streamIdMapper">The name of a stream id mapper; null for the usual one.</param>
    public ImplicitStreamSubscriptionAttribute(Type predicateType, string? streamIdMapper = null)
    {
        ArgumentNullException.ThrowIfNull(predicateType);
        Predicate = Activator.CreateInstance(predicateType) as IStreamNamespacePredicate
            ?? throw new ArgumentException($"{predicateType} is not an {nameof(IStreamNamespacePredicate)}.", nameof(predicateType));
        StreamIdMapper = streamIdMapper;
    }

    /// <summary>Subscribes to the namespaces that a predicate means. For attributes derived from this one.</summary>
    /// <param name="predicate">The predicate.</param>
    /// <param name="streamIdMapper">The name of a stream id mapper; null for the usual one.</param>
    public ImplicitStreamSubscriptionAttribute(IStreamNamespacePredicate predicate, string? streamIdMapper = null)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        Predicate = predicate;
        StreamIdMapper = streamIdMapper;
    }

    /// <summary>Says which namespaces.</summary>
    public IStreamNamespacePredicate Predicate { get; }

    /// <summary>The name of the mapper from stream ids to grain keys; null for the usual one.</summary>
    public string? StreamIdMapper { get; init; }

    /// <inheritdoc/>
    public IEnumerable<Dictionary<string, string?>> GetBindings(IServiceProvider services, Type grainClass, GrainType grainType)
    {
        ArgumentNullException.ThrowIfNull(grainClass);
        var binding = new Dictionary<string, string?>
        {
            [WellKnownGrainTypeProperties.BindingTypeKey] = WellKnownGrainTypeProperties.StreamBindingTypeValue,
            [WellKnownGrainTypeProperties.StreamBindingPatternKey] = Predicate.PredicatePattern,
            [WellKnownGrainTypeProperties.StreamIdMapperKey] = StreamIdMapper,
        };
        if (LegacyKeyTypeOf(grainClass) is { } keyType)
            binding[WellKnownGrainTypeProperties.LegacyGrainKeyType] = keyType;
        if (typeof(IGrainWithGuidCompoundKey).IsAssignableFrom(grainClass) || typeof(IGrainWithIntegerCompoundKey).IsAssignableFrom(grainClass))
            binding[WellKnownGrainTypeProperties.StreamBindingIncludeNamespaceKey] = "true";
        return [binding];
    }

    private static string? LegacyKeyTypeOf(Type grainClass)
    {
        if (typeof(IGrainWithGuidKey).IsAssignableFrom(grainClass) || typeof(IGrainWithGuidCompoundKey).IsAssignableFrom(grainClass))
            return nameof(Guid);
        return typeof(IGrainWithIntegerKey).IsAssignableFrom(grainClass) || typeof(IGrainWithIntegerCompoundKey).IsAssignableFrom(grainClass) ? "Long" : null;
    }
}
