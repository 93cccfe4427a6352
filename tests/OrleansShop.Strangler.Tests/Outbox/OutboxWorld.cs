using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using OrleansShop.Strangler.Events;
using OrleansShop.Strangler.Outbox;
using OrleansShop.Testing.Time;
using Xunit;

namespace OrleansShop.Strangler.Tests.Outbox;

/// <summary>
/// One grain with an outbox, its storage, its mark and its queue, whose every step can fail, be cut off or come late, as one seed decides. Everything that was stored, published and noted is written down and checked.
/// </summary>
internal sealed class OutboxWorld : IEventTransport, IDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    private readonly OneThread _thread = new();
    private readonly Random _random;
    private readonly ManualTimeProvider _time = new();
    private readonly List<Pending> _pending = [];
    private readonly EventPublishing _publishing;
    private readonly List<string> _log = [];

    // What is durable.
    private OutboxState _stored = new();
    private int _etag;
    private OutboxMark? _mark;
    private readonly List<(long Sequence, string Content)> _committed = [];
    private readonly List<(long Sequence, string Content)> _published = [];

    private Activation? _activation;
    private long _notedThrough;
    private bool _isCalm;
    private int _writes;

    public OutboxWorld(int seed)
    {
        _random = new Random(seed);
        _publishing = new EventPublishing(
            this, Options.Create(new OutboxOptions { MaxPendingEvents = 1000, MaxPendingBytes = 16777216, NoteDelay = TimeSpan.FromSeconds(1) }), _time, new Random(seed), new OutboxMetrics(new Meters()), NullLogger<EventPublishing>.Instance);
    }

    public int Duplicates { get; private set; }

    public int Committed => _committed.Count;

    /// <summary>Whether something happened after which the outbox may publish again what it has published.</summary>
    public bool MayRepeat { get; private set; }

    public void Run(int steps, bool withFaults)
    {
        _isCalm = !withFaults;
        for (var step = 0; step < steps; step++) TakeStep(withFaults);
        Settle();
        Check();
    }

    public void Dispose()
    {
        _publishing.Dispose();
        _thread.Dispose();
    }

    Task IEventTransport.PublishAsync(StreamId stream, CloudEvent happened)
    {
        var by = _activation!;
        return Later(by, $"publish {happened.Sequence}", () =>
        {
            var one = (happened.Sequence!.Value, happened.Read<string>());
            if (_published.Contains(one))
            {
                Duplicates++;
                Assert.True(MayRepeat, $"{one} is published again, and nothing went wrong.{Story}");
                Assert.True(by.IsGone || one.Value > _notedThrough, $"{one} is published again after it was noted.{Story}");
            }

            _published.Add(one);
            return true;
        });
    }

    private string Story => $"\n{string.Join('\n', _log.TakeLast(60))}";

    private void TakeStep(bool withFaults)
    {
        switch (_random.Next(withFaults ? 20 : 16))
        {
            case < 8:
                Complete();
                break;
            case < 11:
                StartWrite();
                break;
            case < 15:
                Pass();
                break;
            case 15:
                Sweep();
                break;
            case 16:
                Stop();
                break;
            case 17:
                Crash("crash");
                break;
            default:
                Land();
                break;
        }

        _thread.Drain();
    }

    private Activation Activate()
    {
        if (_activation is null)
        {
            var activation = new Activation { Stored = _stored, Etag = _etag };
            activation.Outbox = new GrainOutbox(activation.NewTimer, () => activation.MustEnd = true, new EventSource(StreamId.Create("world", 1), "/world/1"), new Mark(this, activation), _publishing, _stored);
            _activation = activation;
            _log.Add($"activate with {_stored.LastSequence}, mark {_mark}");
        }

        return _activation;
    }

    private void StartWrite()
    {
        var activation = Activate();
        if (activation.IsWriting) return;
        activation.IsWriting = true;
        activation.Running.Add(WriteAsync(activation, _random.Next(3), isUndone: _random.Next(6) == 0));
    }

    private async Task WriteAsync(Activation activation, int count, bool isUndone)
    {
        var contents = Enumerable.Range(0, count).Select(_ => $"write {++_writes}").ToArray();
        OutboxState next;
        try
        {
            next = await activation.Outbox.RecordAsync(activation.Stored, [.. contents.Select(content => NewEvent.Of("happened", 1, content))]);
        }
        catch (IOException)
        {
            activation.IsWriting = false;
            return;
        }

        var before = activation.Stored.LastSequence;
        if (!await StoreAsync(activation, next, contents)) return;
        if (isUndone)
        {
            next = activation.Outbox.Undo(next, before);
            if (!await StoreAsync(activation, next, [])) return;
        }

        activation.Outbox.Release(next);
        activation.IsWriting = false;
    }

    private async Task<bool> StoreAsync(Activation activation, OutboxState next, string[] contents)
    {
        try
        {
            await Later(activation, $"store {next.LastSequence}", () =>
            {
                if (activation.Etag != _etag) throw new IOException("Somebody else wrote.");
                if (next.LastSequence > _stored.LastSequence) Assert.True(_mark is { } mark && mark.From <= _stored.LastSequence + 1, $"Events are stored without a mark.{Story}");

                // What a lost silo did not come to undo is a write as any other.
                _committed.RemoveAll(one => one.Sequence > next.LastSequence);
                _committed.AddRange(contents.Select((content, place) => (_stored.LastSequence + 1 + place, content)));
                _stored = next;
                return ++_etag;
            });
        }
        catch (IOException)
        {
            activation.MustEnd = true;
            return false;
        }

        activation.Etag++;
        activation.Stored = next;
        activation.Outbox.Written();
        return true;
    }

    /// <summary>A call to something durable, which has its effect, and returns, when it is completed.</summary>
    private Task<T> Later<T>(Activation by, string what, Func<T> effect)
    {
        var done = new TaskCompletionSource<T>();
        _pending.Add(new Pending(by, what, outcome =>
        {
            // Who is gone hears of nothing; what it had sent has its effect all the same.
            var isHeard = !by.IsGone;
            if (outcome == Outcome.Lost)
            {
                if (isHeard) done.SetException(new IOException($"{what}: lost before"));
                return;
            }

            T result;
            try
            {
                result = effect();
            }
            catch (IOException failure)
            {
                if (isHeard) done.SetException(failure);
                return;
            }

            if (!isHeard) return;
            if (outcome == Outcome.Unknown) done.SetException(new IOException($"{what}: lost after"));
            else done.SetResult(result);
        }));
        return done.Task;
    }

    private void Complete()
    {
        if (_pending.Count == 0) return;
        var one = _pending[_random.Next(_pending.Count)];
        _pending.Remove(one);
        var outcome = _isCalm ? Outcome.Done : _random.Next(10) switch { 0 => Outcome.Lost, 1 => Outcome.Unknown, _ => Outcome.Done };
        _log.Add($"{one.What}: {outcome}{(one.By.IsGone ? " (late)" : "")}");
        if (outcome == Outcome.Unknown || (outcome == Outcome.Lost && one.What == "note")) MayRepeat = true;
        one.Complete(outcome);
        _thread.Drain();
        if (_activation is { MustEnd: true }) Crash("end after a failed write");
    }

    private void Pass()
    {
        _time.Advance(Step);
        _activation?.Timer?.Pass(Step);
    }

    private void Sweep()
    {
        if (_mark is null || (_activation?.IsWriting ?? false)) return;
        _log.Add("sweep");
        var activation = Activate();
        activation.IsWriting = true;
        activation.Running.Add(RecoverAsync(activation));
    }

    private async Task RecoverAsync(Activation activation)
    {
        try
        {
            await activation.Outbox.RecoverAsync(activation.Stored, async () =>
            {
                if (!await StoreAsync(activation, activation.Stored, [])) throw new IOException("not rewritten");
            });
        }
        catch (IOException)
        {
            // The sweeper comes again.
        }

        activation.IsWriting = false;
    }

    /// <summary>An orderly end, which waits until nothing runs any more. If it cannot publish all, what it has published is not noted.</summary>
    private void Stop()
    {
        if (_activation is not { IsWriting: false } activation || _pending.Any(pending => pending.By == activation)) return;
        _log.Add("close");
        var closing = activation.Outbox.CloseAsync(CancellationToken.None);
        for (var rounds = 0; !closing.IsCompleted; rounds++)
        {
            Assert.True(rounds < 1000, $"Closing does not end.{Story}");
            _thread.Drain();
            Complete();
            _time.Advance(Step);
            _thread.Drain();
            if (_activation is null) return;
        }

        Crash("closed", mayRepeat: _mark is not null);
    }

    private void Crash(string how, bool mayRepeat = true)
    {
        if (_activation is not { } activation) return;
        _log.Add(how);
        MayRepeat |= mayRepeat;
        activation.IsGone = true;
        _activation = null;
    }

    /// <summary>What a lost activation had on its way arrives late, or never.</summary>
    private void Land()
    {
        foreach (var late in _pending.Where(pending => pending.By.IsGone).ToArray())
        {
            if (_random.Next(3) != 0) continue;
            _pending.Remove(late);
            _log.Add($"{late.What}: never arrives");
        }
    }

    /// <summary>Nothing goes wrong any more.</summary>
    private void Settle()
    {
        _isCalm = true;
        for (var round = 0; _pending.Count != 0 || _mark is not null; round++)
        {
            Assert.True(round < 5000, $"It does not come to rest: mark {_mark}, {_stored.LastSequence} stored.{Story}");
            Complete();
            if (round % 20 == 0) Sweep();
            Pass();
            _thread.Drain();
        }
    }

    private void Check()
    {
        var first = _published.Distinct().ToList();
        Assert.True(_committed.SequenceEqual(first), $"Stored: {string.Join(", ", _committed)}\nPublished: {string.Join(", ", first)}{Story}");
        if (_activation?.Running is { } running) Assert.All(running, static task => Assert.False(task.IsFaulted, task.Exception?.ToString()));
    }

    private enum Outcome
    {
        Done,
        Lost,
        Unknown,
    }

    private sealed record Pending(Activation By, string What, Action<Outcome> Complete);

    private sealed class Activation
    {
        public OutboxState Stored { get; set; } = new();

        public int Etag { get; set; }

        public GrainOutbox Outbox { get; set; } = null!;

        public bool IsWriting { get; set; }

        public bool IsGone { get; set; }

        public bool MustEnd { get; set; }

        public List<Task> Running { get; } = [];

        public Timer? Timer { get; private set; }

        public IGrainTimer NewTimer(Func<CancellationToken, Task> callback, GrainTimerCreationOptions options) => Timer = new Timer(callback, options.DueTime);
    }

    /// <summary>A grain timer that ticks when the world says so.</summary>
    private sealed class Timer(Func<CancellationToken, Task> callback, TimeSpan due) : IGrainTimer
    {
        private readonly CancellationTokenSource _disposed = new();
        private TimeSpan? _due = due;
        private Task _tick = Task.CompletedTask;

        public void Change(TimeSpan dueTime, TimeSpan period) => _due = dueTime;

        public void Dispose() => _disposed.Cancel();

        public void Pass(TimeSpan time)
        {
            if (_due is not { } due || _disposed.IsCancellationRequested) return;
            // Ticks never overlap, and a due time that is set during one counts from its end.
            if (!_tick.IsCompleted) return;
            Assert.False(_tick.IsFaulted, _tick.Exception?.ToString());
            _due = due > time ? due - time : null;
            if (_due is null) _tick = callback(_disposed.Token);
        }
    }

    private sealed class Mark(OutboxWorld world, Activation by) : IOutboxMarks
    {
        public Task<OutboxMark> MarkAsync(OutboxMark mark) => world.Later(by, $"mark {mark.From}", () =>
            (world._mark = world._mark is { } standing ? mark with { From = Math.Min(mark.From, standing.From) } : mark).Value);

        public Task<OutboxMark?> FindAsync() => world.Later(by, "look", () => world._mark);

        public Task EndAsync(long token) => world.Later(by, "note", () =>
        {
            if (world._mark?.Token != token) return false;
            world._mark = null;
            world._notedThrough = world._stored.LastSequence;
            Assert.True(world._stored.Pending.All(pending => world._published.Any(one => one.Sequence == pending.Sequence)), $"The mark ends, and not all is published.{world.Story}");
            return true;
        });
    }

    private sealed class Meters : IMeterFactory
    {
        public Meter Create(MeterOptions options) => new(options);

        public void Dispose()
        {
        }
    }
}
