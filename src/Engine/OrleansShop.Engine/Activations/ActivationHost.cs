using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using OrleansShop.Engine.Activations.Watch;
using OrleansShop.Engine.Calls;
using OrleansShop.Engine.Calls.Filters;
using OrleansShop.Engine.Diagnostics;
using OrleansShop.Engine.Membership;
using OrleansShop.Engine.Placement;
using OrleansShop.Engine.Storage;

namespace OrleansShop.Engine.Activations;

/// <summary>What all activations of one silo, or all observer objects of one client, share.</summary>
internal sealed partial class ActivationHost(ILogger<ActivationHost> logger)
{
    private readonly ILogger _logger = logger;
    private readonly Lazy<ICallRouter>? _router;
    private const int WaitLogPeriodMs = 10_000;

    private long _nextWaitLogMs;
    private long _waitedLong;
    private long _lastActivation;
    private long _lastSequence;

    public required CallClock Clock { get; init; }

    public required Answers Answers { get; init; }

    /// <summary>Made late: it needs the catalog, and the catalog's activations need it.</summary>
    public required Lazy<ICallRouter> LateRouter
    {
        get => _router!;
        init => _router = value;
    }

    public ICallRouter Router => LateRouter.Value;

    public required IServiceProvider Services { get; init; }

    /// <summary>What grain objects ask of the engine. Made late: it has the host itself.</summary>
    public required Lazy<IGrainRuntime> Runtime { get; init; }

    public required ReferenceFactory References { get; init; }

    public required IncomingFilters IncomingFilters { get; init; }

    public required EngineMetrics Metrics { get; init; }

    public required SiloAddress SiloAddress { get; init; }

    /// <summary>Until when turns may run.</summary>
    public required SiloLease Lease { get; init; }

    public required TimeSpan ActivationTimeout { get; init; }

    public required TimeSpan DeactivationTimeout { get; init; }

    public required TimeSpan ResponseTimeout { get; init; }

    public required bool DropsExpired { get; init; }

    /// <summary>A turn that takes longer is warned about; milliseconds.</summary>
    public required long TurnWarningMs { get; init; }

    /// <summary>Work that waits longer before a thread runs it is warned about; milliseconds.</summary>
    public required long DelayWarningMs { get; init; }

    /// <summary>How long after the end of an activation work that it still does is logged, and how often; milliseconds.</summary>
    public required long AfterEndWarningMs { get; init; }

    /// <summary>The fence of an activation that is made now.</summary>
    public required Func<Fence> NewFence { get; init; }

    /// <summary>Where grains go that may live elsewhere than with their owner; null for a silo without a cluster, and for observers.</summary>
    public IPlacement? Placement { get; set; }

    /// <summary>Watches requests that run for long.</summary>
    public required RequestWatch Requests { get; init; }

    /// <summary>Where activations are found, and leave from.</summary>
    public IActivationHome Catalog { get; set; } = null!;

    /// <summary>An id that no other activation of the cluster has: the silo's own address and a count are in it.</summary>
    public ActivationId NextActivationId()
    {
        Span<byte> bytes = stackalloc byte[16];
        BitConverter.TryWriteBytes(bytes, Interlocked.Increment(ref _lastActivation));
        BitConverter.TryWriteBytes(bytes[8..], ((long)SiloAddress.Generation << 32) | (uint)SiloAddress.GetConsistentHashCode());
        return new ActivationId(new Guid(bytes));
    }

    /// <summary>An id that no cursor has on this silo or, but for a collision of 40 bits, on another.</summary>
    public long NextSequenceId()
    {
        var silo = (long)HashCode.Combine(SiloAddress.GetConsistentHashCode(), SiloAddress.Generation) & 0xFFFFFF;
        return (silo << 40) | (Interlocked.Increment(ref _lastSequence) & 0xFFFFFFFFFF);
    }

    /// <summary>Notes that work has waited long for a thread: at most once in ten seconds, because where one waits all do.</summary>
    public void NoteLongWait(GrainId grain, long waitedMs)
    {
        Interlocked.Increment(ref _waitedLong);
        var nowMs = Clock.NowMs;
        var nextMs = Volatile.Read(ref _nextWaitLogMs);
        if (nowMs < nextMs || Interlocked.CompareExchange(ref _nextWaitLogMs, nowMs + WaitLogPeriodMs, nextMs) != nextMs) return;
        LogWaitedForThread(grain, waitedMs, DelayWarningMs, Interlocked.Exchange(ref _waitedLong, 0));
    }

    /// <summary>Notes the end of a long turn; <paramref name="isReported"/> says whether it was noted while it ran.</summary>
    public void NoteLongTurn(GrainId grain, long tookMs, bool isReported)
    {
        if (isReported)
        {
            LogLongTurnEnded(grain, tookMs);
            return;
        }

        Metrics.LongTurn();
        LogLongTurn(grain, tookMs, TurnWarningMs);
    }
}
