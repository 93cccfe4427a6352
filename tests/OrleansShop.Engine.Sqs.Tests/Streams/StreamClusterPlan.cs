using Orleans.Configuration;
using OrleansShop.Engine.Sqs.Streams.Hosting;

namespace OrleansShop.Engine.Sqs.Tests.Streams;

/// <summary>What a test wants of its cluster.</summary>
internal sealed record StreamClusterPlan
{
    public short Silos { get; init; } = 1;

    public int QueueCount { get; init; } = 1;

    public bool IsFifo { get; init; }

    public int VisibilitySeconds { get; init; } = 30;

    /// <summary>How long a receive waits, and so a silo that stops.</summary>
    public int ReceiveWaitSeconds { get; init; } = 1;

    public int MaxAttempts { get; init; } = 5;

    public TimeSpan MaxEventDeliveryTime { get; init; } = TimeSpan.FromMinutes(5);

    public string? Service { get; init; }

    /// <summary>Where silos and client find SQS, if not at the emulator itself.</summary>
    public string? Endpoint { get; init; }

    public Action<SqsStreamOptions> Options { get; init; } = static _ => { };

    public Action<ISiloBuilder> More { get; init; } = static _ => { };

    public void Configure(SqsOptions sqs, string endpoint)
    {
        sqs.ConnectionString = $"Service={endpoint}";
        sqs.FifoQueue = IsFifo;
        sqs.VisibilityTimeoutSeconds = VisibilitySeconds;
        sqs.ReceiveWaitTimeSeconds = ReceiveWaitSeconds;
    }
}
