using System.Reflection;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Streams;
using OrleansShop.Engine.Manifest;
using OrleansShop.Engine.Serialization;

namespace OrleansShop.Engine.Streams.Implicit;

/// <summary>Makes predicates from what the manifest says of a class.</summary>
internal sealed partial class NamespacePredicates(GrainTypes types, ICodecProvider codecs, ILogger<NamespacePredicates> logger)
{
    private readonly ILogger _logger = logger;

    /// <summary>The predicate with this pattern; null, and a warning, if this process cannot make it.</summary>
    public IStreamNamespacePredicate? Find(string pattern, KnownGrain grain)
    {
        if (pattern == AllStreamNamespacesPredicate.Pattern)
            return new AllStreamNamespacesPredicate();
        if (pattern.StartsWith(ExactMatchStreamNamespacePredicate.Prefix, StringComparison.Ordinal))
            return new ExactMatchStreamNamespacePredicate(pattern[ExactMatchStreamNamespacePredicate.Prefix.Length..]);
        if (pattern.StartsWith(RegexStreamNamespacePredicate.Prefix, StringComparison.Ordinal))
            return new RegexStreamNamespacePredicate(pattern[RegexStreamNamespacePredicate.Prefix.Length..]);

        // An application's own predicate: the class is its only source, so the class has to be here.
        var own = types.FindClass(grain.GrainType, codecs)?.GetCustomAttributes<ImplicitStreamSubscriptionAttribute>(inherit: true)
            .FirstOrDefault(attribute => attribute.Predicate.PredicatePattern == pattern)?.Predicate;
        if (own is null)
            LogUnknown(pattern, grain.ClassName);
        return own;
    }

    [LoggerMessage(1733, LogLevel.Warning, "The pattern \"{Pattern}\" of implicit subscriptions of {GrainClass} cannot be understood in this silo, which does not host the class: queues that this silo owns deliver none of their events to it.")]
    private partial void LogUnknown(string pattern, string grainClass);
}
