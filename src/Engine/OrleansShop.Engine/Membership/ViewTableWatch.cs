using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using OrleansShop.Engine.Hosting;
using OrleansShop.Engine.Membership.Protocol;

namespace OrleansShop.Engine.Membership;

/// <summary>
/// A silo's dealings with the membership table, apart from its own lease: writes its row, reads the views, declares silos dead whose heartbeat
/// stands still, and votes on those that it cannot reach.
/// </summary>
internal sealed partial class ViewTableWatch(
    IViewTable table, SiloAddress self, ClusteringOptions options, TimeProvider time, ILogger<ViewTableWatch> logger) : IDisposable
{
    private readonly LeaseTerms _terms = new(options.LeaseDuration, options.HeartbeatPeriod);
    private readonly Channel<long> _wanted = Channel.CreateBounded<long>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
    private readonly CancellationTokenSource _stopping = new();
    private readonly long _origin = time.GetTimestamp();
    private Task _loop = Task.CompletedTask;
    private long _newestRead;

    /// <summary>Gets each view that was read, in any order, also ones that are not new.</summary>
    public Action<MembershipView> ViewRead { get; set; } = static _ => { };

    /// <summary>Whether another silo can be reached now.</summary>
    public Func<SiloAddress, bool> IsReachable { get; set; } = static _ => true;

    /// <summary>Begins to watch the others.</summary>
    public void Start() => _loop = Watch(_stopping.Token);

    /// <summary>Ends that.</summary>
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

    /// <summary>Reads the table soon, because something does not answer.</summary>
    public void Want() => _wanted.Writer.TryWrite(0);

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
            if (await table.TryWrite(new(row, view.Version, step.AtHeartbeat), cancellationToken))
                LogWritten(row.Silo, row.Status, view.Version + 1);
        }
    }

    /// <summary>The same, again and again while the table does not answer.</summary>
    public async Task<MembershipView> ChangeWithPatience(Func<MembershipView, MembershipStep> decide, CancellationToken cancellationToken)
    {
        for (var failures = 1; ; failures++)
        {
            try
            {
                return await Change(decide, cancellationToken);
            }
            catch (Exception cause) when (TableOutage.Is(cause))
            {
                LogTableFailed(cause);
            }

            await Task.Delay(TableOutage.PauseAfter(failures, self.GetConsistentHashCode()), time, cancellationToken);
        }
    }

    /// <summary>Declares a silo dead whose process is proven to be gone.</summary>
    public Task Declare(SiloAddress silo, string proof) => Decide(view => MembershipChange.Declare(silo, view), () => LogDeclaring(silo, proof));

    /// <summary>Has a silo stop, although it may be well: it is dead once it has said so itself, or its lease has run out.</summary>
    public Task VoteOut(SiloAddress silo, string why) => Decide(view => MembershipChange.VoteOut(silo, view), () => LogVotingOut(silo, why));

    private Task DeclareSilent(MembershipRow silent) =>
        Decide(view => MembershipChange.DeclareSilent(silent, view), () => LogDeclaring(silent.Silo, $"its heartbeat has stood still for {_terms.DeadAfter.TotalSeconds} s"));

    private Task Say(Vote vote) => Decide(view => MembershipChange.Say(vote, self, time.GetUtcNow(), view), () => LogVoting(vote.Silo, vote.IsAgainst ? "cannot" : "can", _terms.Duration));

    private async Task Decide(Func<MembershipView, MembershipStep> decide, Action log)
    {
        try
        {
            if (decide(await Read(_stopping.Token)).Row is null)
                return;
            log();
            await Change(decide, _stopping.Token);
        }
        catch (Exception cause) when (TableOutage.Is(cause))
        {
            // What is still so at the next look is decided again then.
            LogTableFailed(cause);
        }
        catch (OperationCanceledException)
        {
            // This silo stops; the others decide.
        }
    }

    private async Task Watch(CancellationToken cancellationToken)
    {
        var liveness = LivenessWatch.Start(Now);
        var reachability = Reachability.Start(Now);
        var failures = 0;

        // The table has just been read, so the first look is due a period later.
        var next = Now + options.HeartbeatPeriod;
        while (!cancellationToken.IsCancellationRequested)
        {
            await PauseUntil(next, cancellationToken);
            next = Now + options.HeartbeatPeriod;
            try
            {
                var view = await ReadInTime(cancellationToken);
                failures = 0;
                (liveness, var silent) = liveness.Look(self, view.Rows, Now, _terms.DeadAfter);
                next = liveness.NextLook(next, _terms.DeadAfter);
                foreach (var row in silent)
                    await DeclareSilent(row);
                (reachability, var votes) = reachability.Look(self, view, IsReachable, Now, _terms);
                foreach (var vote in votes)
                    await Say(vote);
            }
            catch (Exception cause) when (TableOutage.Is(cause))
            {
                LogTableFailed(cause);
                next = Now + TableOutage.PauseAfter(++failures, self.GetConsistentHashCode());
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    // A read that hangs must not keep this silo from the next.
    private async Task<MembershipView> ReadInTime(CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(_terms.Duration / 2, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            return await Read(either.Token);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"The membership table was not read within {_terms.Duration / 2}.", late);
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
