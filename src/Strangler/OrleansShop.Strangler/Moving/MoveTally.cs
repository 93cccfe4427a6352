using OrleansShop.Strangler.BridgeClient;
using OrleansShop.Strangler.Replication;

namespace OrleansShop.Strangler.Moving;

/// <summary>Counts what becomes of moves since an order. Thread-safe.</summary>
internal sealed class MoveTally(TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();

    // All guarded by _lock.
    private MoveProgress _progress = new(MoveActivity.Settled);
    private long _windowBegan = time.GetTimestamp();
    private long _movedBefore;

    internal MoveProgress Progress
    {
        get
        {
            lock (_lock)
            {
                Measure();
                var left = Math.Max(0, _progress.Total - _progress.Moved);
                return _progress with
                {
                    EstimatedEnd = _progress.Activity == MoveActivity.Sweeping && left > 0 && _progress.PerSecond > 0
                        ? time.GetUtcNow() + TimeSpan.FromSeconds(Math.Min(left / _progress.PerSecond, TimeSpan.SecondsPerDay * 365.0))
                        : null,
                };
            }
        }
    }

    /// <summary>An order has come: what was counted for the one before is over.</summary>
    internal void Begin(long epoch, MoveActivity activity)
    {
        lock (_lock)
        {
            _progress = new MoveProgress(activity, _progress.OwnedByMonolith, _progress.OwnedByGrains, Epoch: epoch);
            (_windowBegan, _movedBefore) = (time.GetTimestamp(), 0);
        }
    }

    internal void Now(MoveActivity activity) => Change(progress => progress with { Activity = activity });

    internal void Counted(LedgerCounts counts) => Change(progress => progress with { OwnedByMonolith = counts.Monolith, OwnedByGrains = counts.Grains });

    internal void Plan(long total) => Change(progress => progress with { Total = total });

    internal void Moved() => Change(static progress => progress with { Moved = progress.Moved + 1 });

    internal void Failed(string why) => Change(progress => progress with { Failures = progress.Failures + 1, LastError = why });

    internal void Shadowed(ShadowProgress shadow) => Change(progress => progress with { Shadow = shadow });

    internal void FoundBehind(BehindProgress behind) => Change(progress => progress with { Behind = behind });

    private void Change(Func<MoveProgress, MoveProgress> change)
    {
        lock (_lock)
        {
            _progress = change(_progress);
        }
    }

    /// <summary>The rate of the last window that has ended.</summary>
    private void Measure()
    {
        var elapsed = time.GetElapsedTime(_windowBegan);
        if (elapsed < Window) return;
        _progress = _progress with { PerSecond = (_progress.Moved - _movedBefore) / elapsed.TotalSeconds };
        (_windowBegan, _movedBefore) = (time.GetTimestamp(), _progress.Moved);
    }
}
