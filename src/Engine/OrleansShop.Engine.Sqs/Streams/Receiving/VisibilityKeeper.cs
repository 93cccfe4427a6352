using Microsoft.Extensions.Logging;
using OrleansShop.Engine.Sqs.Calling;
using OrleansShop.Engine.Sqs.Receiving;

namespace OrleansShop.Engine.Sqs.Streams.Receiving;

/// <summary>Keeps hidden from others what an agent holds: at half of its time each message gets the whole of it again.</summary>
/// <remarks>
/// SQS hides a message for at most 12 h from when it was received. Then it is given out again, to this agent, which recognises it and goes on with it for another 12 h.
/// </remarks>
internal sealed partial class VisibilityKeeper(SqsStreams streams, HeldMessages held, string queueName)
{
    /// <summary>For how long SQS hides a message at most, less a margin for clocks that are set.</summary>
    private static readonly TimeSpan s_longestHold = TimeSpan.FromHours(12) - TimeSpan.FromMinutes(1);

    private readonly ILogger _logger = streams.Loggers.CreateLogger<VisibilityKeeper>();

    /// <summary>Goes on until it is stopped.</summary>
    public async Task KeepHidden(TimeSpan visibility, CancellationToken stopped)
    {
        var pause = visibility / 8;
        while (!stopped.IsCancellationRequested)
        {
            await Task.Delay(pause, streams.Time, stopped).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stopped.IsCancellationRequested) return;
            try
            {
                await ExtendDue(visibility, stopped).ConfigureAwait(false);
            }
            catch (Exception failure) when (failure is SqsException or OperationCanceledException)
            {
                if (!stopped.IsCancellationRequested) LogNotExtended(failure, queueName, streams.Name);
            }
        }
    }

    /// <summary>Extends once what has half of its time behind it.</summary>
    public async Task ExtendDue(TimeSpan visibility, CancellationToken stopped)
    {
        var now = streams.Time.GetUtcNow();
        List<(HeldMessage Held, string ReceiptHandle, DateTimeOffset ReceivedAt)> due = [];
        foreach (var one in held.Due(now))
        {
            if (now + visibility - one.ReceivedAt <= s_longestHold) due.Add(one);
            else GiveUp(one.Held, one.ReceiptHandle, one.ReceivedAt);
        }

        if (due.Count == 0) return;
        var failures = await streams.Client.ChangeVisibilityBatchAsync(
            due[0].Held.Queue.Url, [.. due.Select(one => new VisibilityChange(one.ReceiptHandle, visibility))], stopped).ConfigureAwait(false);
        SqsException? first = null;
        for (var i = 0; i < due.Count; i++)
        {
            switch (failures[i])
            {
                case null:
                    held.Extend(due[i].Held, due[i].ReceiptHandle, now + (visibility / 2));
                    break;
                case { Failure: SqsFailure.ReceiptRefused }:
                    // Its time has run out: it is received again, with another receipt.
                    first ??= failures[i];
                    held.Extend(due[i].Held, due[i].ReceiptHandle, DateTimeOffset.MaxValue);
                    break;
                case { Code: "InvalidParameterValue" }:
                    // That is how SQS refuses more than 12 h, if it has counted them sooner than this clock.
                    GiveUp(due[i].Held, due[i].ReceiptHandle, due[i].ReceivedAt, failures[i]);
                    break;
                default:
                    first ??= failures[i];
                    break;
            }
        }

        if (first is not null) LogNotExtended(first, queueName, streams.Name);
    }

    // Until it is received again.
    private void GiveUp(HeldMessage message, string receiptHandle, DateTimeOffset receivedAt, SqsException? refusal = null)
    {
        held.Extend(message, receiptHandle, DateTimeOffset.MaxValue);
        LogHeldTooLong(refusal, message.Message.Id, queueName, streams.Name, receivedAt);
    }
}
