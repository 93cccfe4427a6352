namespace Orleans.Providers;

/// <summary>Names of providers that are used when none is given.</summary>
public static class ProviderConstants
{
    /// <summary>The storage provider of states that name none.</summary>
    public const string DEFAULT_STORAGE_PROVIDER_NAME = "Default";

    /// <summary>The log consistency provider of event-sourced grains that name none.</summary>
    public const string DEFAULT_LOG_CONSISTENCY_PROVIDER_NAME = "Default";

    /// <summary>The storage provider of stream subscriptions.</summary>
    public const string DEFAULT_PUBSUB_PROVIDER_NAME = "PubSubStore";
}
