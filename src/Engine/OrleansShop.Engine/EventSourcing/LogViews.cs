using Orleans.EventSourcing;

namespace OrleansShop.Engine.EventSourcing;

/// <summary>Makes log views.</summary>
internal static class LogViews
{
    /// <summary>Makes the view of one activation over the store that <paramref name="newStore"/> makes.</summary>
    /// <exception cref="ArgumentException">The services are not those of this engine.</exception>
    public static LogView<TView, TEntry> Create<TView, TEntry>(
        ILogViewAdaptorHost<TView, TEntry> host, TView initial, ILogConsistencyProtocolServices services, Func<LogEngine, Action<TView, TEntry>, ILogStore<TView, TEntry>> newStore)
        where TView : class, new()
        where TEntry : class
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(initial);
        if (services is not LogEngine engine) throw new ArgumentException($"A log view needs the services that the engine makes for an activation, not {services?.GetType()}.", nameof(services));

        // The store applies entries through the view, which is made after it.
        LogView<TView, TEntry>? made = null;
        made = new LogView<TView, TEntry>(host, initial, newStore(engine, (view, entry) => made!.Apply(view, entry)), engine);
        return made;
    }
}
