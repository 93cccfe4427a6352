using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using OrleansShop.Strangler.Events;
using OrleansShop.Strangler.Outbox.Protocol;

namespace OrleansShop.Strangler.Outbox;

/// <summary>
/// The outbox of one activation: an event that is recorded with a write is published at least once, in the order of its number, whatever crashes, and never if the write was not made. Used in the grain's turns only, and
/// for one write at a time.
/// </summary>
/// <remarks>
/// The road of an event:
/// <code>
///  1 mark       events from this number on may not have been published
///  2 record     the state with the event, to be stored by the grain
///  3 release    the grain's write has ended; the request is answered
///  4 publish    in a timer of the grain, in order, tried again until the queue has it
///  5 note       after a while the mark is ended: there is nothing to publish
/// </code>
/// A crash after 1 leaves a mark, and the sweeper has the grain recover: if the state has no such event, the mark ends, else it is published. Between 4 and 5 such a crash publishes again. A state that still holds
/// published events is as good as one without: no mark, nothing to publish. They go with the next write. What is decided, and why it holds, is in <see cref="OutboxLedger"/>.
/// </remarks>
public sealed partial class GrainOutbox
{
    private readonly Func<Func<CancellationToken, Task>, GrainTimerCreationOptions, IGrainTimer> _newTimer;
    private readonly Action _deactivate;
    private readonly EventSource _source;
    private readonly IOutboxMarks _marks;
    private readonly EventPublishing _publishing;

    private OutboxLedger _ledger;
    private OutboxState _released;
    private IGrainTimer? _timer;
    private Task<TimeSpan>? _pass;
    private int _failures;
    private bool _isClosing;
    private long _publishedAt;

    /// <summary>Opens the outbox of an activation that has read its state. Does nothing yet: what was not published before is found by its mark.</summary>
    /// <param name="grain">The grain.</param>
    /// <param name="source">Whose events these are, and where they go.</param>
    /// <param name="marks">The grain's mark.</param>
    /// <param name="publishing">What all outboxes of the process share.</param>
    /// <param name="stored">What the state holds.</param>
    public GrainOutbox(IGrainBase grain, EventSource source, IOutboxMarks marks, EventPublishing publishing, OutboxState stored)
        : this(grain.RegisterGrainTimer, grain.DeactivateOnIdle, source, marks, publishing, stored)
    {
    }

    internal GrainOutbox(
        Func<Func<CancellationToken, Task>, GrainTimerCreationOptions, IGrainTimer> newTimer, Action deactivate, EventSource source, IOutboxMarks marks, EventPublishing publishing, OutboxState stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        _newTimer = newTimer;
        _deactivate = deactivate;
        _source = source;
        _marks = marks;
        _publishing = publishing;
        _released = stored;
        _ledger = OutboxLedger.Opened(stored);
    }

    private OutboxOptions Options => _publishing.Options;

    /// <summary>Writes a state with events: records them, stores the state, and has them published. What a grain of its own calls; the methods below are its parts.</summary>
    /// <typeparam name="T">The grain's state. What <paramref name="change"/> returns has to be another object than the one before.</typeparam>
    /// <param name="stored">The grain's state.</param>
    /// <param name="change">Returns the state to store, from the one before and the outbox that it has to have.</param>
    /// <param name="events">What the write records.</param>
    /// <exception cref="OutboxFullException">Too much waits to be published; nothing has changed.</exception>
    /// <exception cref="ArgumentException">An event is too large; nothing has changed.</exception>
    public async Task WriteAsync<T>(IPersistentState<T> stored, Func<T, OutboxState, T> change, params ImmutableArray<NewEvent> events)
        where T : class, IOutboxed
    {
        ArgumentNullException.ThrowIfNull(stored);
        ArgumentNullException.ThrowIfNull(change);
        var before = stored.State;
        var outbox = await RecordAsync(before.Outbox, events);
        stored.State = change(before, outbox);
        try
        {
            Invariant.Holds(ReferenceEquals(stored.State.Outbox, outbox), "the state to store has the outbox that it was given");
            await stored.WriteStateAsync();
        }
        catch
        {
            // Whether it was stored is unknown: the next activation reads what is true.
            stored.State = before;
            _deactivate();
            throw;
        }

        Written();
        Release(outbox);
    }

    /// <summary>Returns the state to store next, which has the events. Until it is stored and released, nothing is published of it.</summary>
    /// <param name="stored">What the state holds now.</param>
    /// <param name="events">What the write records; none for a write without events.</param>
    /// <exception cref="OutboxFullException">Too much waits to be published; nothing has changed.</exception>
    /// <exception cref="ArgumentException">An event is too large; nothing has changed.</exception>
    public async Task<OutboxState> RecordAsync(OutboxState stored, params ImmutableArray<NewEvent> events)
    {
        ArgumentNullException.ThrowIfNull(stored);
        if (events.IsDefaultOrEmpty) return _ledger.Record(stored, []);

        _ledger = _ledger.Writing();
        try
        {
            ImmutableArray<string> envelopes = [.. events.Select((happened, place) => EnvelopeOf(happened, stored.LastSequence + 1 + place))];
            CheckRoom(_ledger.Due(stored), envelopes, events);
            if (!_ledger.OwnsMark)
            {
                var mark = await _marks.MarkAsync(new OutboxMark(stored.LastSequence + 1, _publishing.NewToken())); // 1
                _ledger = _ledger.Marked(stored, mark.From, mark.Token);
                CheckRoom(_ledger.Due(stored), envelopes, events);
            }

            return _ledger.Record(stored, envelopes); // 2
        }
        catch
        {
            Abandon();
            throw;
        }
    }

    /// <summary>Says that this activation has written its state. After a write that may or may not have been made, the activation must end instead: the next one knows.</summary>
    public void Written() => _ledger = _ledger.Written();

    /// <summary>Has what is stored published, in the background.</summary>
    /// <param name="stored">What the state holds: after a write, what <see cref="RecordAsync"/> or <see cref="Undo"/> returned.</param>
    public void Release(OutboxState stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        _released = stored;
        GoOn();
    }

    /// <summary>Says that what was recorded is not going to be stored.</summary>
    public void Abandon() => GoOn();

    /// <summary>The state without the events of a write that was stored and is being taken back, unreleased.</summary>
    /// <param name="stored">What the state holds.</param>
    /// <param name="before">The number of the newest event before that write.</param>
    public OutboxState Undo(OutboxState stored, long before)
    {
        ArgumentNullException.ThrowIfNull(stored);
        return _ledger.Undo(stored, before);
    }

    /// <summary>
    /// Looks for a mark that was left, and publishes what it stands for. Returns when that has begun. Called in a turn of its own, such as a call or a reminder's tick, in which nothing else writes the state.
    /// </summary>
    /// <param name="stored">What the state holds, settled.</param>
    /// <param name="rewrite">
    /// Writes the state as it is. Called once in an activation that finds a mark before it has written anything: a write that its predecessor had on its way must not arrive after the mark has ended.
    /// </param>
    public async Task RecoverAsync(OutboxState stored, Func<Task> rewrite)
    {
        ArgumentNullException.ThrowIfNull(stored);
        ArgumentNullException.ThrowIfNull(rewrite);
        _released = stored;
        if (_ledger.Token is null && _pass is null or { IsCompleted: true })
        {
            var mark = await _marks.FindAsync();
            if (mark is not null && !_ledger.HasWritten)
            {
                await rewrite();
                Written();
            }

            _ledger = _ledger.Found(stored, mark?.From, mark?.Token);
        }

        GoOn();
    }

    /// <summary>Publishes what waits while the activation ends, for a while; the rest is found by its mark.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        _isClosing = true;
        try
        {
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var timeout = Task.Delay(Options.CloseTimeout, _publishing.Time, enough.Token);
            if (_pass is { IsCompleted: false } running) await Task.WhenAny(running, timeout);
            if (!timeout.IsCompleted && (_pass is null or { IsCompleted: true }) && HasWork) await Task.WhenAny(PassAsync(), timeout);
            enough.Cancel();
        }
        finally
        {
            _timer?.Dispose();
        }
    }

    private void GoOn()
    {
        _ledger = _ledger.Released();
        if (!_ledger.Due(_released).IsEmpty) Arm(TimeSpan.Zero);
        else if (_ledger.MayEndMark(_released)) Arm(Options.NoteDelay);
    }

    private bool HasWork => !_ledger.Due(_released).IsEmpty || _ledger.MayEndMark(_released);

    private void Arm(TimeSpan due)
    {
        if (_isClosing) return;
        try
        {
            if (_timer is null) _timer = _newTimer(TickAsync, new GrainTimerCreationOptions { DueTime = due, Period = Timeout.InfiniteTimeSpan, Interleave = true });
            else _timer.Change(due, Timeout.InfiniteTimeSpan);
        }
        catch (ObjectDisposedException)
        {
            // The activation is about to end: closing goes on, and then the mark's finder.
        }
    }

    private async Task TickAsync(CancellationToken cancellationToken)
    {
        Invariant.Holds(_pass is null or { IsCompleted: true }, "ticks of a timer never overlap");
        _pass = PassAsync();
        var due = await _pass;
        if (due != Timeout.InfiniteTimeSpan && !cancellationToken.IsCancellationRequested) Arm(due);
    }

    /// <summary>Does what there is to do, and says when to come back. Requests run while it waits: what they change is seen after each step.</summary>
    private async Task<TimeSpan> PassAsync()
    {
        while (true)
        {
            if (_ledger.Due(_released) is [var next, ..])
            {
                if (!await PublishAsync(next)) return _publishing.PauseAfter(++_failures); // 4
                _failures = 0;
                continue;
            }

            if (!_ledger.MayEndMark(_released)) return Timeout.InfiniteTimeSpan;
            var left = Options.NoteDelay - _publishing.Time.GetElapsedTime(_publishedAt);
            if (left > TimeSpan.Zero && !_isClosing) return left;
            await NoteAsync(); // 5
        }
    }

    private async Task<bool> PublishAsync(PendingEvent pending)
    {
        var happened = CloudEventJson.Read(Encoding.UTF8.GetBytes(pending.Envelope));
        try
        {
            await _publishing.PublishAsync(_source.Stream, happened);
        }
        catch (Exception failure)
        {
            _publishing.Metrics.Failed(happened.Type);
            LogNotPublished(_publishing.Logger, happened.Id, happened.Type, _source.Stream, _ledger.Due(_released).Length, failure);
            return false;
        }

        _ledger = _ledger.Published(pending.Sequence);
        _publishedAt = _publishing.Time.GetTimestamp();
        _publishing.Metrics.Published(happened.Type, happened.Time is { } time ? _publishing.Time.GetUtcNow() - time : TimeSpan.Zero);
        return true;
    }

    private async Task NoteAsync()
    {
        var token = _ledger.Token!.Value;
        _ledger = _ledger.Ending();
        try
        {
            await _marks.EndAsync(token);
        }
        catch (Exception failure)
        {
            // Whether it stands is unknown; if it does, it is found.
            LogNotNoted(_publishing.Logger, _source.Source, failure);
        }
    }

    private void CheckRoom(ImmutableArray<PendingEvent> waiting, ImmutableArray<string> added, ImmutableArray<NewEvent> events)
    {
        var bytes = waiting.Sum(static pending => Encoding.UTF8.GetByteCount(pending.Envelope)) + added.Sum(Encoding.UTF8.GetByteCount);
        if (waiting.Length + added.Length <= Options.MaxPendingEvents && bytes <= Options.MaxPendingBytes) return;

        _publishing.Metrics.Refused(events[0].Type);
        throw new OutboxFullException(
            $"{_source.Source} has {waiting.Length} events that are not published; with {added.Length} more it would hold {waiting.Length + added.Length} events of {bytes} bytes. "
            + $"It may hold {Options.MaxPendingEvents} events (Outbox:MaxPendingEvents) and {Options.MaxPendingBytes} bytes (Outbox:MaxPendingBytes). Nothing was written.",
            Options.RetryDelay);
    }

    private string EnvelopeOf(NewEvent happened, long sequence)
    {
        var number = sequence.ToString(CultureInfo.InvariantCulture);
        var activity = Activity.Current is { IdFormat: ActivityIdFormat.W3C } current ? current : null;
        var text = CloudEventJson.Write(new CloudEvent
        {
            Id = $"{_source.Source.TrimStart('/')}/{number}",
            Source = _source.Source,
            Type = happened.Type,
            Subject = _source.Subject,
            Time = _publishing.Time.GetUtcNow(),
            DataSchema = $"urn:{happened.Type}:{happened.SchemaVersion.ToString(CultureInfo.InvariantCulture)}",
            SchemaVersion = happened.SchemaVersion,
            Sequence = sequence,
            TraceParent = activity?.Id,
            TraceState = activity?.TraceStateString,
            Data = happened.Data,
        });
        if (text.Length > Options.MaxEventBytes)
            throw new ArgumentException($"The event {happened.Type} of {_source.Source} has {text.Length} bytes; it may have {Options.MaxEventBytes} (Outbox:MaxEventBytes).", nameof(happened));
        _publishing.Metrics.Recorded(happened.Type);
        return Encoding.UTF8.GetString(text);
    }
}
