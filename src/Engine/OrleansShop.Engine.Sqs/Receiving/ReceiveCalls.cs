using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using OrleansShop.Engine.Sqs.Calling;
using OrleansShop.Engine.Sqs.Sending;
using OrleansShop.Storage.Aws.Calling;

namespace OrleansShop.Engine.Sqs.Receiving;

/// <summary>The call that receives messages of a queue.</summary>
internal sealed partial class ReceiveCalls(ServiceCalls calls, CallPolicy policy, ILogger logger)
{
    private const int MostMessages = 10;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LongestVisibility = TimeSpan.FromHours(12);

    public async Task<IReadOnlyList<SqsMessage>> ReceiveAsync(string queueUrl, SqsReceive receive, CancellationToken cancellationToken)
    {
        if (receive.MaxMessages is < 1 or > MostMessages) throw new ArgumentOutOfRangeException(nameof(receive), receive.MaxMessages, $"MaxMessages must be between 1 and {MostMessages}.");
        int? wait = receive.Wait is { } time ? WholeSeconds.Of(time, LongestWait, nameof(receive)) : null;
        int? visibility = receive.Visibility is { } hidden ? WholeSeconds.Of(hidden, LongestVisibility, nameof(receive)) : null;

        // When the answer is lost, the next try gets the same messages, and not those behind them.
        var attempt = MessageRules.IsFifo(queueUrl) ? RandomNumberGenerator.GetHexString(32) : null;

        // A queue whose own waiting time counts may wait the longest.
        var waiting = wait is { } known ? TimeSpan.FromSeconds(known) : LongestWait;
        var patient = policy with { AttemptTimeout = policy.AttemptTimeout + waiting, GiveUpAfter = policy.GiveUpAfter + waiting };
        var tries = 0;
        var received = await calls.RepeatAsync("ReceiveMessage", queueUrl, patient, TryAsync, cancellationToken).ConfigureAwait(false);
        foreach (var id in received.Damaged)
        {
            calls.Metrics.CountDamaged();
            LogDamaged(id, CalledService.NameOf(queueUrl), calls.Place);
        }

        return received.Messages;

        Task<Received> TryAsync(CancellationToken token)
        {
            if (receive.Ending.IsCancellationRequested)
            {
                if (tries == 0) throw new OperationCanceledException(receive.Ending);
                if (attempt is null) throw NotRepeated(queueUrl);
                wait = 0;
            }

            tries++;
            return calls.PostAsync("ReceiveMessage", Write(queueUrl, receive.MaxMessages, wait, visibility, attempt), ReceivedMessages.Read, token);
        }
    }

    private SqsException NotRepeated(string queueUrl) =>
        new(SqsFailure.Unreachable, $"ReceiveMessage on the queue \"{CalledService.NameOf(queueUrl)}\" at {calls.Place} has failed, and is not tried again because its caller stops.") { MayPass = true };

    private static ReadOnlyMemory<byte> Write(string queueUrl, int mostMessages, int? wait, int? visibility, string? attempt) => JsonProtocol.Write(512, json =>
    {
        json.WriteString("QueueUrl", queueUrl);
        json.WriteNumber("MaxNumberOfMessages", mostMessages);
        if (wait is { } seconds) json.WriteNumber("WaitTimeSeconds", seconds);
        if (visibility is { } hiddenSeconds) json.WriteNumber("VisibilityTimeout", hiddenSeconds);
        json.WriteStartArray("MessageSystemAttributeNames");
        json.WriteStringValue("All");
        json.WriteEndArray();
        json.WriteStartArray("MessageAttributeNames");
        json.WriteStringValue("All");
        json.WriteEndArray();
        if (attempt is not null) json.WriteString("ReceiveRequestAttemptId", attempt);
    });
}
