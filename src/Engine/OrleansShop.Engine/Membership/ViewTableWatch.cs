using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using OrleansShop.Engine.Hosting;
using OrleansShop.Engine.Membership.Protocol;

namespace OrleansShop.Engine.Membership;

/// <summary>
/// A silo's dealings with the membership table: writes its row, counts up its heartbeat, reads the views, and declares silos
/// dead whose heartbeat stands still.
/// </summary>
internal sealed partial class ViewTableWatch(
    IViewTable table, SiloAddress self, ClusteringOptions options, TimeProvider time, ILogger<ViewTableWatch> logger) : IDisposable
{
    private readonly Channel<long> _wanted = Channel.CreateBounded<long>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
    private readonly CancellationTokenSource _stopping = new();
    private readonly long _origin = time.GetTimestamp();
    private Task _loop = Task.CompletedTask;
    private long _newestRead;

    /// <summary>Gets each view that was read, in any order, also ones that are not new.</summary>
    public Action<MembershipView> ViewRead { get; set; } = static _ => { };

    /// <summary>This silo has been declared dead: it must stop.</summary>
    public Action DeclaredDead { get; set; } = static () => { };

    /// <summary>Begins to count up the heartbeat and to watch the others.</summary>
    public void Start() => _loop = Watch(_stopping.Token);

    /// <summary>Ends both.</summary>
    public async Task Stop()
    {
        await _stopping.CancelAsync();
        await _loop;
    }

    public void Dispose() => _stopping.Dispose();

    /// <summary>Reads the table soon, because there is a view of this version or later.</summary>
    public void Want(long version)
    {
        if (version > Volatile.Read(ref _newestRead))
            _wanted.Writer.TryWrite(version);
    }

    /// <summary>Reads the table now.</summary>
    public async Task<MembershipView> Read(CancellationToken cancellationToken)
    {
        var view = await table.Read(cancellationToken);
        Volatile.Write(ref _newestRead, Math.Max(_newestRead, view.Version));
        ViewRead(view);
        return view;
    }

    /// <summary>Writes what is decided on each view, until nothing is left to write. Returns the view after it.</summary>
    /// <exception cref="OrleansException">The decision is that this silo may not.</exception>
    public async Task<MembershipView> Change(Func<MembershipView, MembershipStep> decide, CancellationToken cancellationToken)
    {
        while (true)
        {
            var view = await Read(cancellationToken);
            var step = decide(view);
            if (step.Refusal is { } why)
                throw new OrleansException($"Silo {self} cannot change its place in the cluster: {why}.");
            if (step.Row is not { } row)
                return view;

            // Another silo may write first; then the decision is taken again on what it wrote.
            if (await table.TryWrite(row, view.Version, cancellationToken))
                LogWritten(row.Silo, row.Status, view.Version + 1);
        }
    }

    /// <summary>Declares a silo dead.</summary>
    public async Task Declare(SiloAddress silo, string proof)
    {
        try
        {
            var before = await Read(_stopping.Token);
            if (MembershipChange.Declare(silo, before).Row is null)
                return;
            LogDeclaring(silo, proof);
            await Change(view => MembershipChange.Declare(silo, view), _stopping.Token);
        }
        catch (Exception cause) when (cause is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            LogTableFailed(cause);
        }
        catch (OperationCanceledException)
        {
            // This silo stops; the others declare it.
        }
    }

    private async Task Watch(CancellationToken cancellationToken)
    {
        var liveness = LivenessWatch.Start(Now);

        // The row has just been written, so the first beat is due a period later.
        var nextBeat = Now + options.HeartbeatPeriod;
        while (!cancellationToken.IsCancellationRequested)
        {
            await PauseUntil(nextBeat, cancellationToken);
            try
            {
                if (Now >= nextBeat)
                {
                    // From the time it was due, not from now: a slow table must not make the heart beat slower and slower.
                    nextBeat = Max(nextBeat + options.HeartbeatPeriod, Now);
                    if (!await table.Beat(self, cancellationToken))
                    {
                        LogDeclaredDead(self);

                        // The view without this silo takes its grains away from it, whatever becomes of the process.
                        await Read(cancellationToken);
                        DeclaredDead();
                        return;
                    }
                }

                var view = await Read(cancellationToken);
                (liveness, var silent) = liveness.Look(self, view.Rows, Now, options.DeadAfter);
                foreach (var silo in silent)
                    await Declare(silo, $"its heartbeat has stood still for {options.DeadAfter.TotalSeconds} s");
            }
            catch (Exception cause) when (cause is IOException or InvalidDataException or UnauthorizedAccessException)
            {
                LogTableFailed(cause);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task PauseUntil(TimeSpan next, CancellationToken cancellationToken)
    {
        var pause = Max(next - Now, TimeSpan.FromMilliseconds(1));
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(Task.Delay(pause, time, either.Token), _wanted.Reader.WaitToReadAsync(either.Token).AsTask());
        _wanted.Reader.TryRead(out _);
        await either.CancelAsync();
    }

    private TimeSpan Now => time.GetElapsedTime(_origin);

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
