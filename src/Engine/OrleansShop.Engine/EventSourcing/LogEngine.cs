using Orleans.EventSourcing;

namespace OrleansShop.Engine.EventSourcing;

/// <summary>What a log view needs of the engine besides the public services: time, its name as a writer, and its end.</summary>
#pragma warning disable CA1001 // A CancellationTokenSource without a timer holds nothing that waits for Dispose.
internal abstract class LogEngine : ILogLifetime
#pragma warning restore CA1001
{
    private readonly CancellationTokenSource _ended = new();

    public abstract ILogConsistencyProtocolServices Services { get; }

    public abstract TimeProvider Time { get; }

    /// <summary>A name that no other activation has. Without commas and at signs.</summary>
    public abstract string Writer { get; }

    /// <summary>Cancelled when nothing more is to be tried.</summary>
    public CancellationToken Ended => _ended.Token;

    public void End() => _ended.Cancel();

    /// <summary>Waits, or less long if it ends.</summary>
    public async Task Delay(TimeSpan delay)
    {
        try
        {
            await Task.Delay(delay, Time, Ended);
        }
        catch (OperationCanceledException) when (Ended.IsCancellationRequested)
        {
            // Whoever waits looks at Ended next.
        }
    }

    /// <summary>The activation cannot go on.</summary>
    /// <param name="fault">Why.</param>
    /// <param name="lost">How many events are lost with it.</param>
    public abstract void Break(Exception fault, int lost);
}
