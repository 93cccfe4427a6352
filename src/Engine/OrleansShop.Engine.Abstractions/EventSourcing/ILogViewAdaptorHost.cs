namespace Orleans.EventSourcing;

/// <summary>A grain as its log view adaptor sees it.</summary>
/// <typeparam name="TLogView">The view: the state of the grain.</typeparam>
/// <typeparam name="TLogEntry">The entries: the events.</typeparam>
public interface ILogViewAdaptorHost<TLogView, TLogEntry> : IConnectionIssueListener
{
    /// <summary>Applies an entry to a view. What it throws is logged; the entry stays in the log.</summary>
    void UpdateView(TLogView view, TLogEntry entry);

    /// <summary>The view has changed: that of the confirmed entries, that of all, or both.</summary>
    void OnViewChanged(bool tentative, bool confirmed);
}
