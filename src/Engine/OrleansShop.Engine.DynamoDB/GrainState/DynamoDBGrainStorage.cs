using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.Serialization.Serializers;
using OrleansShop.Engine.DynamoDB.GrainState;
using OrleansShop.Storage.DynamoDB.Calling;
using OrleansShop.Storage.DynamoDB.Tables;

namespace Orleans.Storage;

#pragma warning disable CA1725 // The names of the parameters are part of the public programming model.

/// <summary>
/// Grain storage in a DynamoDB table that is laid out as the official engine's: either reads what the other wrote. Every write is conditional on the ETag
/// that was read, clears included.
/// </summary>
public partial class DynamoDBGrainStorage : IGrainStorage, ILifecycleParticipant<ISiloLifecycle>
{
    private const string FirstWrite = $"attribute_not_exists({GrainStateTable.GrainReference}) OR {GrainStateTable.GrainTtl} <= :now";
    private const string LaterWrite = $"{GrainStateTable.ETag} = :current AND (attribute_not_exists({GrainStateTable.GrainTtl}) OR {GrainStateTable.GrainTtl} > :now)";
    private const int WriteTokenBytes = 12;

    private readonly string _name;
    private readonly DynamoDBStorageOptions _options;
    private readonly IActivatorProvider _activators;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private DynamoDBTable? _table;

    /// <summary>Creates a provider. It connects in <see cref="Init"/>.</summary>
    /// <param name="name">The provider's name.</param>
    /// <param name="options">How. They name a serializer and the service.</param>
    /// <param name="activatorProvider">Creates states that were never stored.</param>
    /// <param name="logger">Where it reports.</param>
    public DynamoDBGrainStorage(string name, DynamoDBStorageOptions options, IActivatorProvider activatorProvider, ILogger<DynamoDBGrainStorage> logger)
        : this(name, options, activatorProvider, logger, TimeProvider.System)
    {
    }

    internal DynamoDBGrainStorage(string name, DynamoDBStorageOptions options, IActivatorProvider activatorProvider, ILogger<DynamoDBGrainStorage> logger, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.GrainStorageSerializer is null)
            throw new OrleansConfigurationException($"The DynamoDB grain storage \"{name}\" has no serializer: set {nameof(DynamoDBStorageOptions)}.{nameof(options.GrainStorageSerializer)}, or add the provider with AddDynamoDBGrainStorage.");
        (_name, _options, _activators, _logger, _time) = (name, options, activatorProvider, logger, time);
    }

    private DynamoDBTable Table => Volatile.Read(ref _table)
        ?? throw new InvalidOperationException($"The DynamoDB grain storage \"{_name}\" was used before stage {_options.InitStage} of the silo's start, or after its stop.");

    private long NowSeconds => _time.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>Has the provider connect when the silo starts and disconnect when it stops, in the stage that the options name.</summary>
    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe($"{nameof(DynamoDBGrainStorage)}-{_name}", _options.InitStage, Init, Close);

    /// <summary>Connects, and gets the table ready: creates it if it is missing and may be created.</summary>
    /// <exception cref="OrleansShop.Storage.DynamoDB.DynamoDBTableException">The table cannot be used. Says what to do.</exception>
    public async Task Init(CancellationToken ct)
    {
        var connection = _options.Endpoint().Connect();
        try
        {
            var table = new DynamoDBTable(connection.Client, _options.TableName, new RepeatedCalls(connection.Place, _time, _logger));
            await new TablePreparation(table, GrainStateTable.Layout(expires: _options.TimeToLive is not null), _options.Rules(), _time, _logger).RunAsync(ct);
            Volatile.Write(ref _table, table);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Disconnects. Nothing can be read or written any more.</summary>
    public Task Close(CancellationToken ct)
    {
        Interlocked.Exchange(ref _table, null)?.Client.Dispose();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task ReadStateAsync<T>(string grainType, GrainId grainId, IGrainState<T> grainState) => ReadAsync(grainType, grainId, grainState, CancellationToken.None);

    /// <inheritdoc/>
    /// <exception cref="InconsistentStateException">Another version is stored.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The state is too large for an item, even compressed.</exception>
    public Task WriteStateAsync<T>(string grainType, GrainId grainId, IGrainState<T> grainState) => WriteAsync(grainType, grainId, grainState, CancellationToken.None);

    /// <inheritdoc/>
    /// <exception cref="InconsistentStateException">Another version is stored.</exception>
    public Task ClearStateAsync<T>(string grainType, GrainId grainId, IGrainState<T> grainState) => ClearAsync(grainType, grainId, grainState, CancellationToken.None);

    Task IGrainStorage.ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken) =>
        ReadAsync(stateName, grainId, grainState, cancellationToken);

    Task IGrainStorage.WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken) =>
        WriteAsync(stateName, grainId, grainState, cancellationToken);

    Task IGrainStorage.ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken) =>
        ClearAsync(stateName, grainId, grainState, cancellationToken);

    // The three go on where they were called, in the grain's turn: the state is the grain's. What they call does not need to.
    private async Task ReadAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        var key = GrainStateKey.Of(_options.ServiceId, grainId, stateName);
        var answer = await Table.GetItemAsync(new GetItemRequest { TableName = _options.TableName, Key = key.Attributes(), ConsistentRead = true }, cancellationToken);
        var stored = StoredState.Read(key, answer.Item, NowSeconds);
        grainState.State = stored?.Bytes is { } bytes ? _options.GrainStorageSerializer.Deserialize<T>(bytes) : _activators.GetActivator<T>().Create();
        grainState.RecordExists = stored?.Bytes is not null;
        grainState.ETag = stored?.ETag;
    }

    private async Task WriteAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        var key = GrainStateKey.Of(_options.ServiceId, grainId, stateName);
        var content = StateContent.Of(_options.GrainStorageSerializer.Serialize(grainState.State), key);
        if (content.IsCompressed) LogCompressed(stateName, grainId, content.Bytes.Length);
        grainState.ETag = await StoreAsync(key, grainState.ETag, content, cancellationToken);
        grainState.RecordExists = true;
    }

    private async Task ClearAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        var key = GrainStateKey.Of(_options.ServiceId, grainId, stateName);
        string? etag = null;

        // Without an ETag there was nothing to read, and there is nothing to leave behind: the condition of the deletion is that there still is nothing.
        if (_options.DeleteStateOnClear || grainState.ETag is null) await DeleteAsync(key, grainState.ETag, cancellationToken);
        else etag = await StoreAsync(key, grainState.ETag, content: null, cancellationToken);
        grainState.State = _activators.GetActivator<T>().Create();
        grainState.ETag = etag;
        grainState.RecordExists = false;
    }

    private async Task<string> StoreAsync(GrainStateKey key, string? current, StateContent? content, CancellationToken cancellationToken)
    {
        var next = Next(key, current);
        var token = RandomNumberGenerator.GetBytes(WriteTokenBytes);
        var request = new UpdateItemRequest
        {
            TableName = _options.TableName,
            Key = key.Attributes(),
            ExpressionAttributeValues = Condition(current, out var condition),
            ConditionExpression = condition,
            ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
        };
        SetContent(request, content, next, token);
        try
        {
            await Table.UpdateItemAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (ConditionalCheckFailedException lost)
        {
            // It may have been this very write that was faster: a try before, whose answer did not come.
            if (!IsOf(token, lost.Item)) throw Inconsistent(key, current, lost);
        }

        return next;
    }

    private async Task DeleteAsync(GrainStateKey key, string? current, CancellationToken cancellationToken)
    {
        var request = new DeleteItemRequest
        {
            TableName = _options.TableName,
            Key = key.Attributes(),
            ExpressionAttributeValues = Condition(current, out var condition),
            ConditionExpression = condition,
            ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
        };
        var table = Table;
        var refused = await table.TryWriteAsync("DeleteItem", token => table.Client.DeleteItemAsync(request, token), cancellationToken).ConfigureAwait(false);

        // Gone after a try whose answer did not come: it was that try, or somebody who wanted the same.
        if (refused is { MayBeDoneBefore: false }) throw Inconsistent(key, current, refused.Cause);
    }

    private void SetContent(UpdateItemRequest request, StateContent? content, string etag, byte[] token)
    {
        var set = $"SET {GrainStateTable.State} = :state, {GrainStateTable.ETag} = :etag, {GrainStateTable.WriteToken} = :token";
        var remove = "";
        var values = request.ExpressionAttributeValues;
        values[":state"] = content is { } written ? new AttributeValue { B = AsStream(written.Bytes) } : new AttributeValue { NULL = true };
        values[":etag"] = new AttributeValue { N = etag };
        values[":token"] = new AttributeValue { B = new MemoryStream(token) };
        Put(GrainStateTable.GrainStateEncoding, ":encoding", content is { IsCompressed: true } ? new AttributeValue($"{StateContent.Brotli}@{etag}") : null);
        Put(GrainStateTable.GrainTtl, ":ttl", _options.TimeToLive is { } lifetime ? new AttributeValue { N = TextOf(NowSeconds + (long)lifetime.TotalSeconds) } : null);
        request.UpdateExpression = set + remove;

        void Put(string attribute, string name, AttributeValue? value)
        {
            if (value is null)
            {
                remove += $"{(remove.Length == 0 ? " REMOVE " : ", ")}{attribute}";
                return;
            }

            set += $", {attribute} = {name}";
            values[name] = value;
        }
    }

    private Dictionary<string, AttributeValue> Condition(string? current, out string expression)
    {
        var values = new Dictionary<string, AttributeValue> { [":now"] = new() { N = TextOf(NowSeconds) } };
        expression = current is null ? FirstWrite : LaterWrite;
        if (current is not null) values[":current"] = new AttributeValue { N = current };
        return values;
    }

    private InconsistentStateException Inconsistent(GrainStateKey key, string? current, ConditionalCheckFailedException lost)
    {
        var stored = StoredState.ETagAlone(key, lost.Item, NowSeconds);
        return new InconsistentStateException(
            $"{_name}: {key} was changed by somebody else: its ETag in the DynamoDB table \"{_options.TableName}\" is {stored ?? "none"}, and {current ?? "none"} was read.", stored, current, lost);
    }

    // As the official engine counts, from 0. Where items go away, a later one of the same grain must not begin with an ETag that somebody may still hold.
    private string Next(GrainStateKey key, string? current) => current is null
        ? TextOf(_options.DeleteStateOnClear || _options.TimeToLive is not null ? RandomNumberGenerator.GetInt32(1 << 30) : 0)
        : long.TryParse(current, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? TextOf(number + 1)
        : throw new InconsistentStateException($"{_name}: {key} carries the ETag \"{current}\", which is not a number and never came from DynamoDB.", null, current);

    private static bool IsOf(byte[] token, Dictionary<string, AttributeValue>? item) =>
        item is not null && item.TryGetValue(GrainStateTable.WriteToken, out var stored) && stored.B is { } bytes && bytes.ToArray().AsSpan().SequenceEqual(token);

    // Only a stream that begins where its array does is safe in the SDK's hands.
    private static MemoryStream AsStream(ReadOnlyMemory<byte> bytes) => MemoryMarshal.TryGetArray(bytes, out var segment) && segment is { Offset: 0, Array: { } array }
        ? new MemoryStream(array, 0, segment.Count, writable: false, publiclyVisible: true)
        : new MemoryStream(bytes.ToArray());

    private static string TextOf(long number) => number.ToString(CultureInfo.InvariantCulture);
}
