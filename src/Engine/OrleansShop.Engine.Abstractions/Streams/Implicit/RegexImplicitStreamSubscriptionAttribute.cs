using Orleans.Streams;

namespace Orleans;

/// <summary>Subscribes every grain of a class to the streams with its own key in the namespaces that a regular expression finds.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class RegexImplicitStreamSubscriptionAttribute : ImplicitStreamSubscriptionAttribute
{
    /// <summary>Subscribes.</summary>
    /// <param name="pattern">The regular expression. It finds its match anywhere in the namespace.</param>
    public RegexImplicitStreamSubscriptionAttribute(string pattern)
        : base(new RegexStreamNamespacePredicate(pattern))
    {
    }
}
