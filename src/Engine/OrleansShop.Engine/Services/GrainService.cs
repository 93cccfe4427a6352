using Microsoft.Extensions.Logging;
using Orleans.Services;

namespace Orleans.Runtime;

/// <summary>
/// A service with an instance on each silo that adds it, which is responsible for the grains in its range of the ring. It is called through a
/// <see cref="Services.GrainServiceClient{TGrainService}"/>. Its class implements one interface derived from <see cref="IGrainService"/>, takes part in turns as a grain does,
/// and is <c>[Reentrant]</c> if its calls may interleave.
/// </summary>
public abstract class GrainService : SystemTarget, IGrainService
{
    private Task _inBackground = Task.CompletedTask;

    /// <summary>Creates the instance of a silo.</summary>
    /// <param name="grainId">Its id, which the engine passes to the constructor of the derived class.</param>
    /// <param name="silo">Its silo, likewise.</param>
    /// <param name="loggerFactory">Makes <see cref="Logger"/>.</param>
    protected GrainService(GrainId grainId, Silo silo, ILoggerFactory loggerFactory)
        : base(grainId, silo)
    {
        ArgumentNullException.ThrowIfNull(loggerFactory);
        Logger = loggerFactory.CreateLogger(GetType());
    }

    /// <summary>How far a service is in its life.</summary>
    protected enum GrainServiceStatus
    {
        /// <summary>It has not started.</summary>
        Booting = 0,

        /// <summary>It has started.</summary>
        Started,

        /// <summary>It has stopped.</summary>
        Stopped,
    }

    /// <summary>Its log.</summary>
    protected ILogger Logger { get; }

    /// <summary>
    /// The range that this instance is responsible for now. Empty until the silo is active, and after it has handed over; the whole ring on a silo without a cluster.
    /// A silo gains what it owns only when no other owns it any more in its view; an instance that is busy may learn of its loss later than the other of its gain.
    /// </summary>
    protected IRingRange RingRange { get; private set; } = RangeFactory.CreateRange([]);

    /// <summary>How often <see cref="RingRange"/> has changed.</summary>
    protected int RangeSerialNumber { get; private set; }

    /// <summary>How far it is in its life.</summary>
    protected GrainServiceStatus Status { get; set; }

    /// <summary>Cancelled by <see cref="Stop"/>.</summary>
    protected CancellationTokenSource StoppedCancellationTokenSource { get; } = new();

    /// <summary>Prepares the instance, in its first turn, before the silo joins its cluster's calls. A failure fails the start of the silo.</summary>
    public virtual Task Init(IServiceProvider serviceProvider) => Task.CompletedTask;

    /// <summary>Starts the instance, after <see cref="Init"/>. A failure fails the start of the silo.</summary>
    public virtual Task Start()
    {
        Status = GrainServiceStatus.Started;
        _inBackground = RunInBackground();
        return Task.CompletedTask;
    }

    /// <summary>Stops the instance, after the silo has handed over its grains and while it can still call others. A failure is logged.</summary>
    public virtual async Task Stop()
    {
        Status = GrainServiceStatus.Stopped;
        await StoppedCancellationTokenSource.CancelAsync();
        await _inBackground;
    }

    /// <summary>
    /// The range has changed: it has lost something, or gained something. A change of the cluster that does both comes as two, the loss first. One at a time, each in
    /// a turn; a failure is logged.
    /// </summary>
    /// <param name="oldRange">What was <see cref="RingRange"/> before.</param>
    /// <param name="newRange">What is <see cref="RingRange"/> now.</param>
    /// <param name="increased">Whether it has gained.</param>
    public virtual Task OnRangeChange(IRingRange oldRange, IRingRange newRange, bool increased) => Task.CompletedTask;

    /// <summary>What need not have ended before the silo goes on with its start; <see cref="Stop"/> waits for it. A failure is logged.</summary>
    protected virtual Task StartInBackground() => Task.CompletedTask;

    /// <summary>Takes over a range.</summary>
    internal void Enter(IRingRange range)
    {
        RingRange = range;
        RangeSerialNumber++;
    }

    private async Task RunInBackground()
    {
        try
        {
            await StartInBackground();
        }
        catch (OperationCanceledException) when (StoppedCancellationTokenSource.IsCancellationRequested)
        {
            // It was stopped while it was at it.
        }
#pragma warning disable CA1031 // Nobody waits for it who could be told.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            OrleansShop.Engine.Services.GrainServiceHost.LogBackgroundFailed(Logger, failure, this);
        }
    }
}
