using System.Text.Json;
using OrleansShop.Engine.Sqs.Batches;
using OrleansShop.Engine.Sqs.Calling;
using OrleansShop.Storage.Aws.Calling;

namespace OrleansShop.Engine.Sqs.Receiving;

/// <summary>The calls about messages that were received: they are deleted, or hidden for longer or shorter.</summary>
internal sealed class ReceiptCalls(ServiceCalls calls, BatchCalls batches, CallPolicy policy)
{
    // A receipt handle has some hundred.
    private const int BytesOfEntry = 512;
    private static readonly TimeSpan LongestVisibility = TimeSpan.FromHours(12);

    public Task DeleteAsync(string queueUrl, string receiptHandle, CancellationToken cancellationToken) =>
        calls.CallAsync("DeleteMessage", queueUrl, WriteOne(queueUrl, json => json.WriteString("ReceiptHandle", receiptHandle)), policy, static _ => 0, cancellationToken);

    public Task<IReadOnlyList<SqsException?>> DeleteBatchAsync(string queueUrl, IReadOnlyList<string> receiptHandles, CancellationToken cancellationToken) =>
        SendBatchAsync("DeleteMessageBatch", queueUrl, receiptHandles.Count, (json, entry) => json.WriteString("ReceiptHandle", receiptHandles[entry]), cancellationToken);

    public Task ChangeVisibilityAsync(string queueUrl, string receiptHandle, TimeSpan visibility, CancellationToken cancellationToken) =>
        calls.CallAsync(
            "ChangeMessageVisibility", queueUrl, WriteOne(queueUrl, json => Write(json, new VisibilityChange(receiptHandle, visibility))), policy, static _ => 0, cancellationToken);

    public Task<IReadOnlyList<SqsException?>> ChangeVisibilityBatchAsync(string queueUrl, IReadOnlyList<VisibilityChange> changes, CancellationToken cancellationToken) =>
        SendBatchAsync("ChangeMessageVisibilityBatch", queueUrl, changes.Count, (json, entry) => Write(json, changes[entry]), cancellationToken);

    private async Task<IReadOnlyList<SqsException?>> SendBatchAsync(
        string operation, string queueUrl, int count, Action<Utf8JsonWriter, int> write, CancellationToken cancellationToken)
    {
        var entries = new PendingEntries(new int[count], int.MaxValue, static _ => null);
        await batches.SendAsync(operation, queueUrl, entries, call => JsonProtocol.WriteEntries(queueUrl, BytesOfEntry * call.Count, call, write), BatchAnswers.Read, static _ => null, cancellationToken).ConfigureAwait(false);
        return entries.Errors;
    }

    private static void Write(Utf8JsonWriter json, VisibilityChange change)
    {
        json.WriteString("ReceiptHandle", change.ReceiptHandle);
        json.WriteNumber("VisibilityTimeout", WholeSeconds.Of(change.Visibility, LongestVisibility, "visibility"));
    }

    private static ReadOnlyMemory<byte> WriteOne(string queueUrl, Action<Utf8JsonWriter> write) => JsonProtocol.Write(2 * BytesOfEntry, json =>
    {
        json.WriteString("QueueUrl", queueUrl);
        write(json);
    });
}
