using System.Diagnostics;

namespace Orleans.TestingHost.Diagnostics;

/// <summary>Captures the events of this process's diagnostic listeners, for a test to look at or to wait for. Thread-safe; keeps the latest 100,000.</summary>
public sealed class DiagnosticEventCollector : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private const int MostEvents = 100_000;

    private readonly string[] _prefixes;
    private readonly IDisposable _listeners;

    // Guards the fields below.
    private readonly Lock _gate = new();
    private readonly List<IDisposable> _subscriptions = [];
    private readonly Queue<DiagnosticEvent> _events = new();
    private readonly List<(string Name, TaskCompletionSource<DiagnosticEvent> Awaiter)> _awaiters = [];
    private TaskCompletionSource _next = NewSignal();
    private bool _isDisposed;

    /// <summary>Begins to capture.</summary>
    /// <param name="listenerPrefixes">How the names of the listeners begin; none for all listeners.</param>
    public DiagnosticEventCollector(params string[] listenerPrefixes)
        : this((IEnumerable<string>)listenerPrefixes)
    {
    }

    /// <summary>Begins to capture.</summary>
    /// <param name="listenerPrefixes">How the names of the listeners begin; null or none for all listeners.</param>
    public DiagnosticEventCollector(IEnumerable<string>? listenerPrefixes = null)
    {
        _prefixes = listenerPrefixes?.ToArray() ?? [];
        _listeners = DiagnosticListener.AllListeners.Subscribe(this);
    }

    /// <summary>The captured events, oldest first.</summary>
    public IReadOnlyList<DiagnosticEvent> Events
    {
        get
        {
            lock (_gate)
                return [.. _events];
        }
    }

    /// <summary>The captured events with a name, oldest first.</summary>
    public IEnumerable<DiagnosticEvent> GetEvents(string eventName) => Events.Where(@event => @event.Name == eventName);

    /// <summary>How many events with a name are captured.</summary>
    public int GetEventCount(string eventName) => GetEvents(eventName).Count();

    /// <summary>Returns the first captured event with a name; waits for it if there is none.</summary>
    /// <exception cref="TimeoutException">None came in time.</exception>
    public Task<DiagnosticEvent> WaitForEventAsync(string eventName, TimeSpan timeout, CancellationToken cancellationToken = default) =>
        WaitForEventAsync(eventName, static _ => true, timeout, cancellationToken);

    /// <summary>Returns the first captured event with a name for which a condition holds; waits for it if there is none.</summary>
    /// <exception cref="TimeoutException">None came in time.</exception>
    public async Task<DiagnosticEvent> WaitForEventAsync(string eventName, Func<DiagnosticEvent, bool> predicate, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        return (await WaitFor(eventName, predicate, count: 1, timeout, cancellationToken))[0];
    }

    /// <summary>Waits until there are at least so many events with a name, and returns them all.</summary>
    /// <exception cref="TimeoutException">They did not come in time.</exception>
    public Task<IReadOnlyList<DiagnosticEvent>> WaitForEventCountAsync(string eventName, int expectedCount, TimeSpan timeout, CancellationToken cancellationToken = default) =>
        WaitFor(eventName, static _ => true, expectedCount, timeout, cancellationToken);

    /// <summary>Returns what completes with the next event with a name; those that are captured already do not count.</summary>
    public TaskCompletionSource<DiagnosticEvent> CreateEventAwaiter(string eventName)
    {
        var awaiter = new TaskCompletionSource<DiagnosticEvent>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
            _awaiters.Add((eventName, awaiter));
        return awaiter;
    }

    /// <summary>Forgets the captured events.</summary>
    public void Clear()
    {
        lock (_gate)
            _events.Clear();
    }

    /// <summary>Ends capturing; whoever waits for the next event is cancelled.</summary>
    public void Dispose()
    {
        _listeners.Dispose();
        lock (_gate)
        {
            _isDisposed = true;
            _subscriptions.ForEach(subscription => subscription.Dispose());
            _awaiters.ForEach(awaiter => awaiter.Awaiter.TrySetCanceled());
        }
    }

    void IObserver<DiagnosticListener>.OnNext(DiagnosticListener value)
    {
        if (_prefixes.Length > 0 && !_prefixes.Any(prefix => value.Name.StartsWith(prefix, StringComparison.Ordinal)))
            return;
        var subscription = value.Subscribe(this);
        lock (_gate)
        {
            if (!_isDisposed)
            {
                _subscriptions.Add(subscription);
                return;
            }
        }

        subscription.Dispose();
    }

    void IObserver<KeyValuePair<string, object?>>.OnNext(KeyValuePair<string, object?> value)
    {
        var @event = new DiagnosticEvent(value.Key, value.Value, TimeProvider.System.GetUtcNow());
        TaskCompletionSource arrived;
        lock (_gate)
        {
            if (_events.Count == MostEvents)
                _events.Dequeue();
            _events.Enqueue(@event);
            foreach (var awaiter in _awaiters.Where(awaiter => awaiter.Name == @event.Name))
                awaiter.Awaiter.TrySetResult(@event);
            _awaiters.RemoveAll(awaiter => awaiter.Name == @event.Name);
            (arrived, _next) = (_next, NewSignal());
        }

        arrived.SetResult();
    }

    void IObserver<DiagnosticListener>.OnCompleted()
    {
    }

    void IObserver<DiagnosticListener>.OnError(Exception error)
    {
    }

    void IObserver<KeyValuePair<string, object?>>.OnCompleted()
    {
    }

    void IObserver<KeyValuePair<string, object?>>.OnError(Exception error)
    {
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task<IReadOnlyList<DiagnosticEvent>> WaitFor(
        string eventName, Func<DiagnosticEvent, bool> predicate, int count, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(timeout, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        while (true)
        {
            Task next;
            lock (_gate)
                next = _next.Task;
            var found = GetEvents(eventName).Where(predicate).ToList();
            if (found.Count >= count)
                return found;
            try
            {
                await next.WaitAsync(either.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw new TimeoutException($"{found.Count} of {count} events '{eventName}' came within {timeout}.");
            }
        }
    }
}
