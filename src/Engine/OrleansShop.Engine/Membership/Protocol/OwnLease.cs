using System.Collections.Immutable;
using System.Diagnostics;
using Orleans.Runtime;

namespace OrleansShop.Engine.Membership.Protocol;

/// <summary>
/// A silo's own lease. While it runs, nobody can have declared the silo dead for its silence: whoever watched the same heartbeat for as
/// long as the lease, and the drift of the clocks, began to watch after the renewal was sent.
/// </summary>
/// <remarks>
/// Times are this silo's own monotonic clock. A renewal counts from before it was sent, however long it took. A lease that has run
/// out runs again after the next renewal that the table takes: the table takes none of a silo that was declared dead, so that nobody can have taken its
/// grains over in between. Only a refusal ends it for good.
/// <para>
/// An attempt whose answer is lost, or that is repeated on its way, may take effect at any time, but only once and only on the heartbeat that it
/// was made for. Its nonce tells whose heartbeat the table has: if it is that of an attempt of ours, the lease runs from when that was sent.
/// </para>
/// </remarks>
internal sealed record OwnLease
{
    // So many attempts may wait for their answers: a connection that hangs must not keep the next attempt from another.
    private const int MostUnderWay = 4;

    private OwnLease(LeaseTerms terms) => Terms = terms;

    public LeaseTerms Terms { get; }

    /// <summary>Whether it runs, and if not, why.</summary>
    public LeasePhase Phase { get; private init; }

    /// <summary>When it runs out; only while it is held.</summary>
    public TimeSpan EndsAt { get; private init; }

    /// <summary>The heartbeat that the row has, as far as this silo knows.</summary>
    public long Heartbeat { get; private init; }

    /// <summary>When the next attempt is due.</summary>
    public TimeSpan NextRenewal { get; private init; }

    /// <summary>When to look again, if nothing happens before.</summary>
    public TimeSpan NextLook => Phase == LeasePhase.Held && EndsAt < NextRenewal ? EndsAt : NextRenewal;

    // The attempts that may have set the heartbeat, or may still do so, with when each was sent.
    private ImmutableSortedDictionary<long, Attempt> Attempts { get; init; } = ImmutableSortedDictionary<long, Attempt>.Empty;

    private int UnderWay { get; init; }

    private long LastNonce { get; init; }

    /// <summary>The lease of a silo whose row was just written: it begins with the first renewal.</summary>
    public static OwnLease Start(LeaseTerms terms, TimeSpan now) => new(terms) { NextRenewal = now };

    /// <summary>Time has passed. Returns the attempt to send now, if one is due.</summary>
    public (OwnLease Next, LeaseAttempt? Send) Look(TimeSpan now)
    {
        var current = RunOut(now);
        if (current.IsOver || now < current.NextRenewal)
            return (current, null);

        // From the time it was due, not from now: a slow table must not make the heart beat slower and slower.
        current = current with { NextRenewal = Max(current.NextRenewal + Terms.RenewalPeriod, now) };
        if (current.UnderWay >= MostUnderWay)
            return (current with { NextRenewal = now + Terms.RenewalPeriod }, null);

        var nonce = current.LastNonce + 1;
        var next = current with
        {
            LastNonce = nonce,
            UnderWay = current.UnderWay + 1,
            Attempts = current.Attempts.Add(nonce, new(current.Heartbeat, now)),
        };
        return (next, new LeaseAttempt(current.Heartbeat, nonce));
    }

    /// <summary>The table has answered an attempt.</summary>
    /// <param name="row">What it has of this silo; null if nothing.</param>
    /// <param name="now">When the answer came.</param>
    public OwnLease Answered(RenewedRow? row, TimeSpan now)
    {
        var current = RunOut(now) with { UnderWay = UnderWay - 1 };
        Debug.Assert(current.UnderWay >= 0, "An attempt is answered once.");
        if (current.IsOver)
            return current;
        if (row is not { } found || found.Status is SiloStatus.Stopping or SiloStatus.Dead)
            return current with { Phase = LeasePhase.Refused };

        // What an older answer says of the heartbeat is no news; that the attempt was done, is.
        if (current.Attempts.TryGetValue(found.Nonce, out var done))
            current = current.Extend(done.SentAt + Terms.Duration, now);
        if (found.Heartbeat < current.Heartbeat)
            return current;
        return current with { Heartbeat = found.Heartbeat, Attempts = current.Attempts.RemoveRange(current.Attempts.Where(attempt => attempt.Value.Expected < found.Heartbeat).Select(attempt => attempt.Key)) };
    }

    /// <summary>An attempt has failed: whether it was done, or will be, is not known.</summary>
    /// <param name="now">When it failed.</param>
    /// <param name="retryAfter">How long to wait with the next.</param>
    public OwnLease Failed(TimeSpan now, TimeSpan retryAfter)
    {
        var current = RunOut(now) with { UnderWay = UnderWay - 1 };
        Debug.Assert(current.UnderWay >= 0, "An attempt fails once.");
        return current with
        {
            NextRenewal = Min(current.NextRenewal, now + retryAfter),

            // What was sent longer ago than a lease lasts can extend it no more.
            Attempts = current.Attempts.RemoveRange(current.Attempts.Where(attempt => attempt.Value.SentAt + Terms.Duration <= now).Select(attempt => attempt.Key)),
        };
    }

    /// <summary>The silo has nothing running any more and gives the lease up.</summary>
    public OwnLease Leave() => IsOver ? this : this with { Phase = LeasePhase.Left };

    private bool IsOver => Phase > LeasePhase.RanOut;

    private OwnLease Extend(TimeSpan endsAt, TimeSpan now)
    {
        if (endsAt <= now)
            return this;
        return this with { Phase = LeasePhase.Held, EndsAt = Phase == LeasePhase.Held ? Max(EndsAt, endsAt) : endsAt };
    }

    private OwnLease RunOut(TimeSpan now) => Phase == LeasePhase.Held && now >= EndsAt ? this with { Phase = LeasePhase.RanOut } : this;

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private readonly record struct Attempt(long Expected, TimeSpan SentAt);
}

/// <summary>Where a lease is in its life.</summary>
internal enum LeasePhase
{
    /// <summary>It was not renewed yet: the silo is joining and runs no grains.</summary>
    NotYet,

    /// <summary>It runs.</summary>
    Held,

    /// <summary>It was not renewed in time: no turn may run until it is.</summary>
    RanOut,

    /// <summary>The silo was declared dead or voted out.</summary>
    Refused,

    /// <summary>The silo has left.</summary>
    Left,
}

/// <summary>An attempt to renew, as the lease asks for it.</summary>
/// <param name="Expected">The heartbeat that the row must have.</param>
/// <param name="Nonce">Tells it from all other attempts.</param>
internal readonly record struct LeaseAttempt(long Expected, long Nonce);
