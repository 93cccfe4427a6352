using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;
using OrleansShop.Engine.EventSourcing;

namespace Orleans.EventSourcing;

/// <summary>
/// A grain whose state is the result of its events. Raised events show in <see cref="TentativeState"/> at once and in <see cref="State"/>
/// when they are stored, which happens behind the grain's back; wait for it with <see cref="ConfirmEvents"/>. Safe with interleaving calls.
/// </summary>
/// <typeparam name="TGrainState">The state. Each event needs a public <c>Apply</c> method on it, unless <see cref="TransitionState"/> is overridden.</typeparam>
/// <typeparam name="TEventBase">What all events derive from.</typeparam>
public abstract class JournaledGrain<TGrainState, TEventBase> : LogConsistentGrain<TGrainState>, ILogConsistencyProtocolParticipant, IGrain, ILogViewAdaptorHost<TGrainState, TEventBase>
    where TGrainState : class, new()
    where TEventBase : class
{
    private readonly bool _isAppliedByName;
    private ILogViewAdaptor<TGrainState, TEventBase>? _log;

    /// <summary>Creates the grain of the activation that is being created on this thread.</summary>
    protected JournaledGrain() => _isAppliedByName = ApplyMethods.AreUsedBy(GetType(), typeof(JournaledGrain<TGrainState, TEventBase>));

    /// <summary>The events that were raised and are not confirmed, in order.</summary>
    public IEnumerable<TEventBase> UnconfirmedEvents => Log.UnconfirmedSuffix;

    /// <summary>The state after all confirmed events. Changed by events only: what the grain writes into it itself is lost or, worse, stored.</summary>
    protected TGrainState State => Log.ConfirmedView;

    /// <summary>The state after all confirmed events and those that are not confirmed yet.</summary>
    protected TGrainState TentativeState => Log.TentativeView;

    /// <summary>How many events are confirmed.</summary>
    protected int Version => Log.ConfirmedVersion;

    /// <inheritdoc/>
    protected override ILogViewAdaptorFactory DefaultAdaptorFactory => Runtime.ServiceProvider.GetRequiredService<ILogProviders>().Fallback;

    private ILogViewAdaptor<TGrainState, TEventBase> Log => _log ?? throw new InvalidOperationException(
        $"The log of {GetType()} is not there yet. It is from OnActivateAsync on, not in the constructor.");

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Adds an event to the log, at its end whatever others add. It is stored soon; see <see cref="ConfirmEvents"/>.</summary>
    /// <exception cref="MissingMethodException">The state has no <c>Apply</c> method for it. Nothing is added.</exception>
    /// <exception cref="Runtime.LimitExceededException">Too many events wait to be stored.</exception>
    protected virtual void RaiseEvent<TEvent>(TEvent @event)
        where TEvent : TEventBase => Log.Submit(Checked(@event));

    /// <summary>Adds events to the log, together and in this order.</summary>
    /// <exception cref="MissingMethodException">The state has no <c>Apply</c> method for one of them. Nothing is added.</exception>
    /// <exception cref="Runtime.LimitExceededException">Too many events wait to be stored.</exception>
    protected virtual void RaiseEvents<TEvent>(IEnumerable<TEvent> events)
        where TEvent : TEventBase => Log.SubmitRange(Checked(events));

    /// <summary>Adds an event to the log if nobody else adds one before it, and waits until it is stored.</summary>
    /// <returns>Whether it was added. If not, <see cref="State"/> shows what was added instead.</returns>
    /// <exception cref="MissingMethodException">The state has no <c>Apply</c> method for it. Nothing is added.</exception>
    protected virtual Task<bool> RaiseConditionalEvent<TEvent>(TEvent @event)
        where TEvent : TEventBase => Log.TryAppend(Checked(@event));

    /// <summary>Adds events to the log, together, if nobody else adds one before them, and waits until they are stored.</summary>
    /// <returns>Whether they were added: all or none.</returns>
    /// <exception cref="MissingMethodException">The state has no <c>Apply</c> method for one of them. Nothing is added.</exception>
    protected virtual Task<bool> RaiseConditionalEvents<TEvent>(IEnumerable<TEvent> events)
        where TEvent : TEventBase => Log.TryAppendRange(Checked(events));

    /// <summary>Waits until the events that were raised so far are stored. As long as storage fails, it is tried again.</summary>
    protected Task ConfirmEvents() => Log.ConfirmSubmittedEntries();

    /// <summary>Waits until the events that were raised so far are stored and the log was read afresh, with what others have added.</summary>
    protected Task RefreshNow() => Log.Synchronize();

    /// <summary>Removes all events, and the state with them. Those that are raised later start a new log.</summary>
    /// <param name="cancellationToken">Ends the wait; a removal that has begun goes on.</param>
    protected Task ClearLogAsync(CancellationToken cancellationToken = default) => Log.ClearLogAsync(cancellationToken);

    /// <summary>Returns confirmed events.</summary>
    /// <param name="fromVersion">The version before the first event; at least 0.</param>
    /// <param name="toVersion">The version after the last one; at most <see cref="Version"/>.</param>
    /// <exception cref="NotSupportedException">The provider does not keep the events.</exception>
    protected Task<IReadOnlyList<TEventBase>> RetrieveConfirmedEvents(int fromVersion, int toVersion) => Log.RetrieveLogSegment(fromVersion, toVersion);

    /// <summary>Starts counting what happens between the grain and its log.</summary>
    protected void EnableStatsCollection() => Log.EnableStatsCollection();

    /// <summary>Stops counting.</summary>
    protected void DisableStatsCollection() => Log.DisableStatsCollection();

    /// <summary>Returns the counts; null while nothing is counted.</summary>
    protected LogConsistencyStatistics? GetStats() => Log.GetStats();

    /// <summary>Changes the state as the event says. By default calls the state's <c>Apply</c> method whose parameter fits the event best.</summary>
    /// <remarks>Called for the same event more than once, on different states. What it throws is logged; the event stays in the log.</remarks>
    protected virtual void TransitionState(TGrainState state, TEventBase @event) => ApplyMethods.Apply(state, @event);

    /// <summary>Called when <see cref="State"/> has changed.</summary>
    protected virtual void OnStateChanged()
    {
    }

    /// <summary>Called when <see cref="TentativeState"/> has changed.</summary>
    protected virtual void OnTentativeStateChanged()
    {
    }

    /// <summary>Called when the log could not be reached. <see cref="ConnectionIssue.RetryDelay"/> may be changed.</summary>
    protected virtual void OnConnectionIssue(ConnectionIssue issue)
    {
    }

    /// <summary>Called when the log can be reached again.</summary>
    protected virtual void OnConnectionIssueResolved(ConnectionIssue issue)
    {
    }

    /// <inheritdoc/>
    protected override void InstallAdaptor(
        ILogViewAdaptorFactory factory, object initialState, string graintypename, IGrainStorage? grainStorage, ILogConsistencyProtocolServices services)
    {
        ArgumentNullException.ThrowIfNull(factory);
        _log = factory.MakeLogViewAdaptor(this, (TGrainState)initialState, graintypename, grainStorage, services);
    }

    Task ILogConsistencyProtocolParticipant.PreActivateProtocolParticipant() => Log.PreOnActivate();

    Task ILogConsistencyProtocolParticipant.PostActivateProtocolParticipant() => Log.PostOnActivate();

    Task ILogConsistencyProtocolParticipant.DeactivateProtocolParticipant() => Log.PostOnDeactivate();

    void ILogViewAdaptorHost<TGrainState, TEventBase>.UpdateView(TGrainState view, TEventBase entry) => TransitionState(view, entry);

    void ILogViewAdaptorHost<TGrainState, TEventBase>.OnViewChanged(bool tentative, bool confirmed)
    {
        if (tentative) OnTentativeStateChanged();
        if (confirmed) OnStateChanged();
    }

    void IConnectionIssueListener.OnConnectionIssue(ConnectionIssue connectionIssue) => OnConnectionIssue(connectionIssue);

    void IConnectionIssueListener.OnConnectionIssueResolved(ConnectionIssue connectionIssue) => OnConnectionIssueResolved(connectionIssue);

    // Before it is stored: an event that cannot be applied would be in the log for good.
    private TEventBase Checked(TEventBase? @event)
    {
        ArgumentNullException.ThrowIfNull(@event);
        if (_isAppliedByName) ApplyMethods.Require(typeof(TGrainState), @event.GetType());
        return @event;
    }

    private List<TEventBase> Checked<TEvent>(IEnumerable<TEvent> events)
        where TEvent : TEventBase
    {
        ArgumentNullException.ThrowIfNull(events);
        return [.. events.Select(@event => Checked(@event))];
    }
}
