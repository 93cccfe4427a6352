using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Streams;

namespace Orleans.Providers.Streams.Common;

/// <summary>Makes a <see cref="SimpleQueueCache"/> for each queue.</summary>
public class SimpleQueueAdapterCache : IQueueAdapterCache
{
    /// <summary>The name of the size in configurations.</summary>
    public const string CacheSizePropertyName = "CacheSize";

    private readonly int _size;
    private readonly ILoggerFactory _loggers;
    private readonly string _provider;

    /// <summary>Creates it.</summary>
    /// <param name="options">How large the caches are.</param>
    /// <param name="providerName">The provider's name.</param>
    /// <param name="loggerFactory">Makes the caches' loggers.</param>
    public SimpleQueueAdapterCache(SimpleQueueCacheOptions options, string providerName, ILoggerFactory loggerFactory)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.CacheSize, 1, $"{nameof(SimpleQueueCacheOptions)}.{nameof(options.CacheSize)}");
        _size = options.CacheSize;
        _provider = providerName;
        _loggers = loggerFactory;
    }

    /// <inheritdoc/>
    public IQueueCache CreateQueueCache(QueueId queueId) => new SimpleQueueCache(_size, _loggers.CreateLogger($"{typeof(SimpleQueueCache).FullName}.{_provider}.{queueId}"));
}
