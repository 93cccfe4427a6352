using Orleans.Runtime;

namespace Orleans.Streams;

/// <summary>A subscription. It can be stored in a grain's state and resumed in a later activation.</summary>
[GenerateSerializer]
#pragma warning disable CA1067 // The signature is given; those that derive override both.
public abstract class StreamSubscriptionHandle<T> : IEquatable<StreamSubscriptionHandle<T>?>
#pragma warning restore CA1067
{
    /// <summary>The stream.</summary>
    public abstract StreamId StreamId { get; }

    /// <summary>The provider's name.</summary>
    public abstract string ProviderName { get; }

    /// <summary>What names the subscription.</summary>
    public abstract Guid HandleId { get; }

    /// <summary>Ends the subscription. The handle cannot be used any more.</summary>
    public abstract Task UnsubscribeAsync();

    /// <summary>Gives the subscription an observer: after a grain was activated anew, or in the place of another one.</summary>
    /// <param name="observer">Takes the events.</param>
    /// <param name="token">The first event wanted; null to go on where the subscription is.</param>
    /// <returns>The handle to use from here on.</returns>
    public abstract Task<StreamSubscriptionHandle<T>> ResumeAsync(IAsyncObserver<T> observer, StreamSequenceToken? token = null);

    /// <summary>Gives the subscription an observer: after a grain was activated anew, or in the place of another one.</summary>
    /// <param name="observer">Takes the events.</param>
    /// <param name="token">The first event wanted; null to go on where the subscription is.</param>
    /// <returns>The handle to use from here on.</returns>
    public abstract Task<StreamSubscriptionHandle<T>> ResumeAsync(IAsyncBatchObserver<T> observer, StreamSequenceToken? token = null);

    /// <inheritdoc/>
    public abstract bool Equals(StreamSubscriptionHandle<T>? other);
}
