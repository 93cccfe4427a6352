using System.Collections;
using Microsoft.Extensions.Logging;

namespace Orleans.Utilities;

/// <summary>A set of observers that have to renew their subscription, and that lose it when telling them something fails.</summary>
/// <remarks>For use within one grain; not safe for parallel use. Subscriptions made while a notification runs are kept.</remarks>
/// <typeparam name="TIdentity">What an observer is known by.</typeparam>
/// <typeparam name="TObserver">The observer interface.</typeparam>
public partial class ObserverManager<TIdentity, TObserver> : IEnumerable<TObserver>
    where TIdentity : notnull
    where TObserver : notnull
{
    private readonly Dictionary<TIdentity, Subscription> _subscriptions = [];
    private readonly ILogger _log;

    /// <summary>Creates an empty set.</summary>
    /// <param name="expiration">How long a subscription lasts if it is not renewed.</param>
    /// <param name="log">Where failed observers are logged.</param>
    public ObserverManager(TimeSpan expiration, ILogger log)
    {
        ArgumentNullException.ThrowIfNull(log);
        ExpirationDuration = expiration;
        _log = log;
    }

    /// <summary>Where the time comes from, UTC.</summary>
    public Func<DateTime> GetDateTime { get; set; } = static () => TimeProvider.System.GetUtcNow().UtcDateTime;

    /// <summary>How long a subscription lasts if it is not renewed.</summary>
    public TimeSpan ExpirationDuration { get; set; }

    /// <summary>How many observers there are, those included whose time is over but who were not yet removed.</summary>
    public int Count => _subscriptions.Count;

    /// <summary>A copy of the set.</summary>
    public IReadOnlyDictionary<TIdentity, TObserver> Observers => _subscriptions.ToDictionary(entry => entry.Key, entry => entry.Value.Observer);

    /// <summary>Adds an observer or renews its subscription.</summary>
    public void Subscribe(TIdentity id, TObserver observer) => _subscriptions[id] = new Subscription(observer, GetDateTime());

    /// <summary>Removes an observer.</summary>
    public void Unsubscribe(TIdentity id) => _subscriptions.Remove(id);

    /// <summary>Removes all observers.</summary>
    public void Clear() => _subscriptions.Clear();

    /// <summary>Removes the observers whose time is over.</summary>
    public void ClearExpired()
    {
        var now = GetDateTime();
        foreach (var (id, subscription) in _subscriptions.ToArray())
        {
            if (IsExpired(subscription, now))
                Remove(id, subscription);
        }
    }

    /// <summary>Tells all observers, or those that <paramref name="predicate"/> picks, and waits for each. Those that fail and those whose time is over are removed.</summary>
    public async Task Notify(Func<TObserver, Task> notification, Func<TObserver, bool>? predicate = null)
    {
        ArgumentNullException.ThrowIfNull(notification);
        foreach (var (id, subscription) in Current(predicate))
        {
            try
            {
                await notification(subscription.Observer);
            }
            catch (Exception exception)
            {
                Drop(id, subscription, exception);
            }
        }
    }

    /// <summary>Tells all observers, or those that <paramref name="predicate"/> picks. Those that fail and those whose time is over are removed.</summary>
    public void Notify(Action<TObserver> notification, Func<TObserver, bool>? predicate = null)
    {
        ArgumentNullException.ThrowIfNull(notification);
        foreach (var (id, subscription) in Current(predicate))
        {
            try
            {
                notification(subscription.Observer);
            }
            catch (Exception exception)
            {
                Drop(id, subscription, exception);
            }
        }
    }

    /// <inheritdoc/>
    public IEnumerator<TObserver> GetEnumerator() => _subscriptions.Values.Select(subscription => subscription.Observer).ToList().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private List<KeyValuePair<TIdentity, Subscription>> Current(Func<TObserver, bool>? predicate)
    {
        ClearExpired();
        return [.. _subscriptions.Where(entry => predicate is null || predicate(entry.Value.Observer))];
    }

    private bool IsExpired(Subscription subscription, DateTime now) => now - subscription.LastSeen > ExpirationDuration;

    private void Drop(TIdentity id, Subscription subscription, Exception exception)
    {
        Remove(id, subscription);
        LogDropped(_log, id, exception);
    }

    // Only the subscription that was looked at: the observer may have subscribed again while it was being told.
    private void Remove(TIdentity id, Subscription subscription)
    {
        if (_subscriptions.TryGetValue(id, out var current) && ReferenceEquals(current, subscription))
            _subscriptions.Remove(id);
    }

    private sealed record Subscription(TObserver Observer, DateTime LastSeen);
}
