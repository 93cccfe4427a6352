using System.Text.Json;
using OrleansShop.Engine.Sqs.Batches;
using OrleansShop.Engine.Sqs.Calling;
using OrleansShop.Storage.Aws.Calling;

namespace OrleansShop.Engine.Sqs.Receiving;

/// <summary>The calls about messages that were received: they are deleted, or hidden for longer or shorter.</summary>
internal sealed class ReceiptCalls(ServiceCalls calls, BatchCalls batches, CallPolicy policy)
{
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
        var entries = new PendingEntries(count, int.MaxValue, static _ => 0, static _ => null);
        await batches.SendAsync(operation, queueUrl, entries, call => WriteBatch(queueUrl, call, write), BatchAnswers.Read, static _ => null, cancellationToken).ConfigureAwait(false);
        return entries.Errors;
    }

    private static void Write(Utf8JsonWriter json, VisibilityChange change)
    {
        json.WriteString("ReceiptHandle", change.ReceiptHandle);
        json.WriteNumber("VisibilityTimeout", WholeSeconds.Of(change.Visibility, LongestVisibility, "visibility"));
    }

    private static ReadOnlyMemory<byte> WriteOne(string queueUrl, Action<Utf8JsonWriter> write) => JsonProtocol.Write(1024, json =>
    {
        json.WriteString("QueueUrl", queueUrl);
        write(json);
    });

    private static ReadOnlyMemory<byte> WriteBatch(string queueUrl, IReadOnlyList<int> entries, Action<Utf8JsonWriter, int> write) => JsonProtocol.Write(512 * entries.Count, json =>
    {
        json.WriteString("QueueUrl", queueUrl);
        json.WriteStartArray("Entries");
        foreach (var entry in entries)
        {
            json.WriteStartObject();
            json.WriteString("Id", entry.ToString());
            write(json, entry);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });
}
