using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Orleans.Utilities;

/// <summary>A set of observers, each its own key. See <see cref="ObserverManager{TIdentity, TObserver}"/>.</summary>
/// <typeparam name="TObserver">The observer interface.</typeparam>
/// <param name="expiration">How long a subscription lasts if it is not renewed.</param>
/// <param name="log">Where failed observers are logged.</param>
public class ObserverManager<TObserver>(TimeSpan expiration, ILogger log) : ObserverManager<IAddressable, TObserver>(expiration, log)
    where TObserver : notnull;
