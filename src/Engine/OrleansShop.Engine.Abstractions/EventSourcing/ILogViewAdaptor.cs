namespace Orleans.EventSourcing;

/// <summary>Holds the log of one activation: what is confirmed, what is on its way, and the view of both.</summary>
/// <typeparam name="TLogView">The view: the state of the grain.</typeparam>
/// <typeparam name="TLogEntry">The entries: the events.</typeparam>
public interface ILogViewAdaptor<TLogView, TLogEntry> : ILogViewRead<TLogView, TLogEntry>, ILogViewUpdate<TLogEntry>, ILogConsistencyDiagnostics
    where TLogView : new()
{
    /// <summary>Runs before <c>OnActivateAsync</c>: reads the log.</summary>
    Task PreOnActivate();

    /// <summary>Runs after <c>OnActivateAsync</c>.</summary>
    Task PostOnActivate();

    /// <summary>Runs after <c>OnDeactivateAsync</c>: writes what is not confirmed.</summary>
    Task PostOnDeactivate();
}
