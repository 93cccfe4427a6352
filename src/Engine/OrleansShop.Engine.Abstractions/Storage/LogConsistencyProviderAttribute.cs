namespace Orleans.Providers;

/// <summary>Names the log consistency provider of a grain class.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class LogConsistencyProviderAttribute : Attribute
{
    /// <summary>The name under which the provider was added. Default: "Default".</summary>
    public string ProviderName { get; set; } = ProviderConstants.DEFAULT_LOG_CONSISTENCY_PROVIDER_NAME;
}
