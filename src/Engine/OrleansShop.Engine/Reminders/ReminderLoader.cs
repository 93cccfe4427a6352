using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Hosting;
using Orleans.Runtime;
using OrleansShop.Engine.Placement;
using OrleansShop.Engine.Reminders.Protocol;

namespace OrleansShop.Engine.Reminders;

/// <summary>
/// Reads the reminders of this silo's share from the table: those of a partition when it opens, and all once in a while. One reading at a time; one that
/// fails is repeated until it succeeds.
/// </summary>
internal sealed partial class ReminderLoader : IAsyncDisposable
{
    /// <summary>How many ranges are read at the same time.</summary>
    private const int ParallelReads = 8;

    /// <summary>
    /// How long after it has taken a partition over a silo looks a second time at the reminders there whose tick is overdue, and sends it if it still is. The owner
    /// before may have sent it a moment ago, and writes that down meanwhile.
    /// </summary>
    private static readonly TimeSpan CatchUpDelay = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan ShortestRetryDelay = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestRetryDelay = TimeSpan.FromSeconds(30);

    private readonly ReminderShare _share;
    private readonly LocalReminders _local;
    private readonly IReminderTable _table;
    private readonly TimeProvider _time;
    private readonly TimeProvider _engineTime;
    private readonly TimeSpan _refreshPeriod;
    private readonly TimeSpan _window;
    private readonly ILogger _logger;
    private readonly Channel<bool> _wanted = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CancellationTokenSource _stop = new();
    private ITimer? _refreshTimer;
    private Task _loop = Task.CompletedTask;
    private volatile bool _isAllWanted;

    // Guards the fields below it.
    private readonly Lock _gate = new();
    private OpenPartitions _read = OpenPartitions.None;
    private OpenPartitions _beingRead = OpenPartitions.None;
    private PartitionSet _overdue = PartitionSet.Empty;
    private PartitionSet _lookAgain = PartitionSet.Empty;

    // Of the loop alone.
    private DateTime _readAt;

    public ReminderLoader(
        ReminderShare share, LocalReminders local, IReminderTable table, ReminderClock clock, TimeProvider engineTime, IOptions<ReminderOptions> options, ILogger<ReminderLoader> logger)
    {
        _share = share;
        _local = local;
        _table = table;
        _time = clock.Time;
        _engineTime = engineTime;
        _refreshPeriod = options.Value.RefreshReminderListPeriod;
        _window = options.Value.ReminderLoadingWindow > 2 * _refreshPeriod ? options.Value.ReminderLoadingWindow : 2 * _refreshPeriod;
        _logger = logger;
    }

    /// <summary>Whether all that is of this silo's share now has been read, and no tick that is overdue is waited for.</summary>
    public bool IsCurrent
    {
        get
        {
            lock (_gate)
                return _loop is { IsCompleted: false } && _share.Open.GainedSince(_read).IsEmpty && _overdue.IsEmpty && _lookAgain.IsEmpty;
        }
    }

    public void Start()
    {
        _share.Changed += NoteLosses;
        _local.Start();
        _refreshTimer = _time.CreateTimer(static loader => ((ReminderLoader)loader!).ReadAll(), this, _refreshPeriod, _refreshPeriod);
        _loop = Run();
        LookAtShare();
    }

    /// <summary>Has everything read again soon.</summary>
    public void ReadAll()
    {
        _isAllWanted = true;
        LookAtShare();
    }

    public async ValueTask DisposeAsync()
    {
        _share.Changed -= NoteLosses;
        _refreshTimer?.Dispose();
        await _stop.CancelAsync();
        await _loop;
    }

    // At once, and not when the loop comes to it: a partition that was lost and is back by then has to be read again all the same.
    private void NoteLosses()
    {
        lock (_gate)
        {
            var open = _share.Open;
            _read = _read.Intersect(open);
            _beingRead = _beingRead.Intersect(open);
        }

        LookAtShare();
    }

    private void LookAtShare() => _wanted.Writer.TryWrite(true);

    private async Task Run()
    {
        var retryDelay = ShortestRetryDelay;
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await _wanted.Reader.ReadAsync(_stop.Token);
                await Read(_stop.Token);
                retryDelay = ShortestRetryDelay;
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // A table may throw anything; the next try may succeed.
            catch (Exception cause)
#pragma warning restore CA1031
            {
                LogReadFailed(cause, retryDelay);
                await Task.Delay(retryDelay, _engineTime, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                retryDelay = retryDelay * 2 < LongestRetryDelay ? retryDelay * 2 : LongestRetryDelay;
                LookAtShare();
            }
        }
    }

    private async Task Read(CancellationToken cancellationToken)
    {
        var isAll = _isAllWanted;
        _isAllWanted = false;
        try
        {
            _local.DropLost();
            var (open, gained, again) = BeginReading();
            var wanted = isAll ? open.Any : gained.Union(again);
            if (!wanted.IsEmpty)
                await Read(wanted, gained, cancellationToken);
            EndReading(again);
        }
        catch
        {
            _isAllWanted |= isAll;
            throw;
        }
    }

    private (OpenPartitions Open, PartitionSet Gained, PartitionSet Again) BeginReading()
    {
        lock (_gate)
        {
            _beingRead = _share.Open;
            return (_beingRead, _beingRead.GainedSince(_read), _lookAgain);
        }
    }

    private void EndReading(PartitionSet again)
    {
        lock (_gate)
        {
            _read = _beingRead;
            _lookAgain = _lookAgain.Except(again);
        }
    }

    private void NoteOverdue(int partition)
    {
        lock (_gate)
        {
            if (_overdue.IsEmpty)
                _ = LookAgainLater();
            if (!_overdue.Contains(partition))
                _overdue = _overdue.Union(PartitionSet.Of([partition]));
        }
    }

    private async Task LookAgainLater()
    {
        await Task.Delay(CatchUpDelay, _engineTime, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_gate)
        {
            _lookAgain = _lookAgain.Union(_overdue);
            _overdue = PartitionSet.Empty;
        }

        LookAtShare();
    }

    private async Task Read(PartitionSet wanted, PartitionSet gained, CancellationToken cancellationToken)
    {
        var startedAt = _time.GetUtcNow().UtcDateTime;
        var keepUntil = DateTime.MaxValue - startedAt > _window ? startedAt + _window : DateTime.MaxValue;
        var rows = 0;
        _local.BeginReading();
        await Parallel.ForEachAsync(
            HashRange.Of(wanted), new ParallelOptions { MaxDegreeOfParallelism = ParallelReads, CancellationToken = cancellationToken }, async (range, _) =>
            {
                var read = await _table.ReadRows(range.Begin, range.End);
                var ticks = await ReadTicks(range);
                foreach (var entry in read.Reminders)
                    Take(entry, DoneUntil(entry, ticks, gained, startedAt));
                Interlocked.Add(ref rows, read.Reminders.Count);
            });
        _local.EndReading(grain => wanted.Contains(Partition.Of(grain)), keepUntil);
        _readAt = startedAt;
        LogRead(rows, wanted.Size, _local.Count);

        void Take(ReminderEntry entry, DateTime doneUntil)
        {
            var partition = Partition.Of(entry.GrainId);
            if (gained.Contains(partition) && entry.Period > TimeSpan.Zero && ReminderTimes.FirstAfter(entry.StartAt, entry.Period, doneUntil) <= startedAt)
                NoteOverdue(partition);
            else
                _local.TakeRead(entry, doneUntil, keepUntil);
        }
    }

    private async Task<Dictionary<(GrainId, string), DateTime>?> ReadTicks(HashRange range) =>
        _table is IReminderTickLog log && await log.ReadTicks(range.Begin, range.End) is { } ticks
            ? ticks.ToDictionary(tick => (tick.GrainId, tick.ReminderName), tick => tick.DueAt)
            : null;

    // A table that does not remember ticks tells nothing about the time before this silo owned the partition: those ticks are taken as done.
    // What came due since the last reading is this silo's own to send.
    private DateTime DoneUntil(ReminderEntry entry, Dictionary<(GrainId, string), DateTime>? ticks, PartitionSet gained, DateTime now) =>
        ticks is not null ? ticks.GetValueOrDefault((entry.GrainId, entry.ReminderName), DateTime.MinValue)
        : gained.Contains(Partition.Of(entry.GrainId)) ? now
        : _readAt;

    [LoggerMessage(1703, LogLevel.Debug, "Read {Rows} reminders of {Partitions} partitions; {Kept} are kept now")]
    private partial void LogRead(int rows, int partitions, int kept);

    [LoggerMessage(1704, LogLevel.Error, "The reminders of this silo's grains could not be read from the table; ticks of those not known yet are late. The next try is in {Delay}")]
    private partial void LogReadFailed(Exception cause, TimeSpan delay);
}
