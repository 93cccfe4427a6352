using System.ComponentModel.DataAnnotations;

namespace OrleansShop.Engine.Hosting;

/// <summary>How silos and clients find and watch each other. The same in every process of a cluster.</summary>
public sealed class ClusteringOptions
{
    /// <summary>
    /// How often a silo renews its lease in the membership table, and looks at those of the others. Default 1.5 seconds: a quarter
    /// of <see cref="LeaseDuration"/>, so that three renewals in a row may fail. At least 10 ms.
    /// </summary>
    public TimeSpan HeartbeatPeriod { get; set; } = TimeSpan.FromSeconds(1.5);

    /// <summary>
    /// How long a renewal of a silo's lease lasts, by the silo's own clock from before it was sent. A silo that has not renewed it in time runs no
    /// grain any more, answers no call, and stops; the others declare it dead when they have seen its heartbeat stand still for so long, and 1 %
    /// more because clocks drift, each by its own clock. Default 6 seconds: longer than a full garbage collection or a stalled disk, short enough that callers with
    /// the default response timeout still get an answer from the next owner. At least three times <see cref="HeartbeatPeriod"/>. A membership
    /// table that is away for longer than the difference of the two stops every silo.
    /// </summary>
    public TimeSpan LeaseDuration { get; set; } = TimeSpan.FromSeconds(6);

    /// <summary>
    /// Whether a silo is declared dead when its host refuses connections twice, 100 ms apart: proof that the process is gone, because a silo
    /// listens from before it is active until after it is dead. Default true. Set it to false where something other than the
    /// silo can refuse, such as a firewall.
    /// </summary>
    public bool RefusedMeansDead { get; set; } = true;

    /// <summary>
    /// How long a silo that stops waits for its running turns before it goes on without them, and then, if others are there, with what is left of it and for at least 2 seconds, for
    /// the answers of those to the calls that it has passed on. Default 25 seconds: below the 30 seconds that container schedulers grant by default. A silo that loses grains to a newcomer waits as long as their turns take.
    /// </summary>
    public TimeSpan HandoffTimeout { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>
    /// How many calls may wait in one process until their grain's owner can be reached or has taken over. Further ones fail
    /// with <see cref="Orleans.Runtime.LimitExceededException"/>. Default 10,000: a second of load of one busy silo. Range 1 to 1,000,000.
    /// </summary>
    [Range(1, 1_000_000)]
    public int MaxWaitingCalls { get; set; } = 10_000;

    /// <summary>
    /// How many bytes of requests may wait to be sent on one connection. Further requests fail with
    /// <see cref="Orleans.Runtime.LimitExceededException"/> on a silo, and with <see cref="Orleans.Runtime.GatewayTooBusyException"/> on a
    /// client. Default 67,108,864 (64 MiB): about a second of a 1 Gbit/s network. Range 65,536 to 1,073,741,824.
    /// </summary>
    [Range(65_536, 1_073_741_824)]
    public int MaxPendingBytes { get; set; } = 67_108_864;
}
