using System.Globalization;
using System.Security.Cryptography;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.Serialization.Serializers;
using OrleansShop.Engine.DynamoDB.GrainState;
using OrleansShop.Engine.Storage;
using OrleansShop.Storage.DynamoDB.Tables;

namespace Orleans.Storage;

#pragma warning disable CA1725 // The names of the parameters are part of the public programming model.

/// <summary>
/// Grain storage in a DynamoDB table that is laid out as the official engine's: either reads what the other wrote. Every write is conditional on the ETag
/// that was read, clears included, and on the fence of the activation.
/// </summary>
public partial class DynamoDBGrainStorage : IFencedGrainStorage, ILifecycleParticipant<ISiloLifecycle>
{
    private const int RequestTokenBytes = 16;

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
            var table = new DynamoDBTable(connection.Client, _options.TableName, connection.Calls(_time, _logger));
            await new TablePreparation(table, GrainStateTable.Layout(statesExpire: _options.TimeToLive is not null), _options.Rules(), _time, _logger).RunAsync(ct);
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
    public Task ReadStateAsync<T>(string grainType, GrainId grainId, IGrainState<T> grainState) => ReadAsync(grainType, grainId, grainState, fence: null, CancellationToken.None);

    /// <inheritdoc/>
    /// <exception cref="InconsistentStateException">Another version is stored.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The state is too large for an item, even compressed.</exception>
    public Task WriteStateAsync<T>(string grainType, GrainId grainId, IGrainState<T> grainState) => WriteAsync(grainType, grainId, grainState, fence: null, CancellationToken.None);

    /// <inheritdoc/>
    /// <exception cref="InconsistentStateException">Another version is stored.</exception>
    public Task ClearStateAsync<T>(string grainType, GrainId grainId, IGrainState<T> grainState) => ClearAsync(grainType, grainId, grainState, fence: null, CancellationToken.None);

    Task IGrainStorage.ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken) =>
        ReadAsync(stateName, grainId, grainState, fence: null, cancellationToken);

    Task IGrainStorage.WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken) =>
        WriteAsync(stateName, grainId, grainState, fence: null, cancellationToken);

    Task IGrainStorage.ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken) =>
        ClearAsync(stateName, grainId, grainState, fence: null, cancellationToken);

    Task IFencedGrainStorage.ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, Fence fence, CancellationToken cancellationToken) =>
        ReadAsync(stateName, grainId, grainState, fence, cancellationToken);

    Task IFencedGrainStorage.WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, Fence fence, CancellationToken cancellationToken) =>
        WriteAsync(stateName, grainId, grainState, fence, cancellationToken);

    Task IFencedGrainStorage.ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, Fence fence, CancellationToken cancellationToken) =>
        ClearAsync(stateName, grainId, grainState, fence, cancellationToken);

    // The three go on where they were called, in the grain's turn: the state is the grain's. What they call does not need to.
    private async Task ReadAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, Fence? fence, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        var key = GrainStateKey.Of(_options.ServiceId, grainId, stateName);
        var now = NowSeconds;
        var item = await (fence is { } mine ? FencedItems.ReadAsync(Table, key, mine, now, cancellationToken) : FencedItems.GetAsync(Table, key.Attributes(), cancellationToken));
        var stored = StoredState.Read(key, item, now);
        grainState.State = stored?.Bytes is { } bytes ? _options.GrainStorageSerializer.Deserialize<T>(bytes) : _activators.GetActivator<T>().Create();
        grainState.RecordExists = stored?.Bytes is not null;
        grainState.ETag = stored?.ETag;
    }

    private async Task WriteAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, Fence? fence, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        var key = GrainStateKey.Of(_options.ServiceId, grainId, stateName);
        var content = StateContent.Of(_options.GrainStorageSerializer.Serialize(grainState.State), key);
        if (content.IsCompressed) LogCompressed(stateName, grainId, content.Bytes.Length);
        grainState.ETag = await StoreAsync(key, grainState.ETag, content, fence, cancellationToken);
        grainState.RecordExists = true;
    }

    private async Task ClearAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, Fence? fence, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        var key = GrainStateKey.Of(_options.ServiceId, grainId, stateName);
        string? etag = null;

        // Without an ETag there was nothing to read, and there is nothing to leave behind: the condition of the deletion is that there still is nothing.
        if (!_options.DeleteStateOnClear && grainState.ETag is not null) etag = await StoreAsync(key, grainState.ETag, content: null, fence, cancellationToken);
        else if (fence is not { } mine) await DeleteAsync(key, grainState.ETag, cancellationToken);
        else if (grainState.ETag is { } current) await DeleteAsync(key, current, mine, cancellationToken);
        else await CheckThatThereIsNothingAsync(key, mine, cancellationToken);
        grainState.State = _activators.GetActivator<T>().Create();
        grainState.ETag = etag;
        grainState.RecordExists = false;
    }

    private async Task<string> StoreAsync(GrainStateKey key, string? current, StateContent? content, Fence? fence, CancellationToken cancellationToken)
    {
        var write = NewWrite(key, current, content, fence);
        if (fence is not { } mine)
        {
            await UpdateAsync(write, cancellationToken).ConfigureAwait(false);
        }
        else if (current is null)
        {
            await TransactAsync(key, current, mine, [new() { Update = write.AsPart(_options.TableName) }, FencedItems.CheckAbsent(Table, key, mine)], cancellationToken).ConfigureAwait(false);
        }
        else if (!await TryReplaceAsync(write, cancellationToken).ConfigureAwait(false))
        {
            await UpdateAsync(write, cancellationToken).ConfigureAwait(false);
        }

        return write.Next;
    }

    private StateWrite NewWrite(GrainStateKey key, string? current, StateContent? content, Fence? fence)
    {
        var now = NowSeconds;
        return new(key, current, Next(key, current), content, fence, now, _options.TimeToLive is { } lifetime ? now + (long)lifetime.TotalSeconds : null);
    }

    // False says little: the item may have come from the official engine, or from a try of this very write, whose answer did not come. The update that follows finds out.
    private async Task<bool> TryReplaceAsync(StateWrite write, CancellationToken cancellationToken)
    {
        try
        {
            await Table.PutItemAsync(write.AsReplacement(_options.TableName), cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (ConditionalCheckFailedException)
        {
            return false;
        }
    }

    private async Task UpdateAsync(StateWrite write, CancellationToken cancellationToken)
    {
        try
        {
            await Table.UpdateItemAsync(write.AsUpdate(_options.TableName), cancellationToken).ConfigureAwait(false);
        }
        catch (ConditionalCheckFailedException lost)
        {
            // It may have been this very write that was faster: a try before, whose answer did not come.
            if (!write.IsIn(lost.Item)) throw Inconsistent(write.Key, write.Current, write.Fence, lost.Item, FencedItems.FenceOf(lost.Item), lost);
        }
    }

    // A fence must not go with the state: an overtaken activation that has read nothing could then create the state anew.
    private Task DeleteAsync(GrainStateKey key, string current, Fence fence, CancellationToken cancellationToken)
    {
        var deletion = new Delete
        {
            TableName = _options.TableName,
            Key = key.Attributes(),
            ExpressionAttributeValues = StateWrite.Condition(current, fence, NowSeconds, out var condition),
            ConditionExpression = condition,
            ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
        };
        return TransactAsync(key, current, fence, [new() { Delete = deletion }, FencedItems.KeepAbsent(Table, key, fence, NowSeconds)], cancellationToken);
    }

    private async Task CheckThatThereIsNothingAsync(GrainStateKey key, Fence fence, CancellationToken cancellationToken)
    {
        var absent = await FencedItems.ReadAbsentAsync(Table, key, cancellationToken).ConfigureAwait(false);
        var item = await FencedItems.GetAsync(Table, key.Attributes(), cancellationToken).ConfigureAwait(false);
        var isThere = StoredState.IsThere(item, NowSeconds);
        var stored = isThere ? FencedItems.FenceOf(item) : absent;
        if (isThere || !StoredFence.Admits(stored, fence)) throw Inconsistent(key, current: null, fence, item, stored, cause: null);
    }

    // The state's item comes first, that of the fence second. Thanks to the token of the request a try that is repeated because its answer was lost succeeds once.
    private async Task TransactAsync(GrainStateKey key, string? current, Fence fence, List<TransactWriteItem> actions, CancellationToken cancellationToken)
    {
        var table = Table;
        var request = new TransactWriteItemsRequest { TransactItems = actions, ClientRequestToken = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(RequestTokenBytes)) };
        try
        {
            await table.SendAsync("TransactWriteItems", token => table.Client.TransactWriteItemsAsync(request, token), cancellationToken).ConfigureAwait(false);
        }
        catch (TransactionCanceledException lost) when (lost.CancellationReasons is [var ofState, var ofFence] && (HasLost(ofState) || HasLost(ofFence)))
        {
            throw Inconsistent(key, current, fence, ofState.Item, FencedItems.FenceOf(HasLost(ofFence) ? ofFence.Item : ofState.Item), lost);
        }

        static bool HasLost(CancellationReason reason) => reason.Code == "ConditionalCheckFailed";
    }

    private async Task DeleteAsync(GrainStateKey key, string? current, CancellationToken cancellationToken)
    {
        var request = new DeleteItemRequest
        {
            TableName = _options.TableName,
            Key = key.Attributes(),
            ExpressionAttributeValues = StateWrite.Condition(current, fence: null, NowSeconds, out var condition),
            ConditionExpression = condition,
            ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
        };
        var table = Table;
        var refused = await table.TryWriteAsync("DeleteItem", token => table.Client.DeleteItemAsync(request, token), cancellationToken).ConfigureAwait(false);

        // Gone after a try whose answer did not come: it was that try, or somebody who wanted the same.
        if (refused is { MayBeDoneBefore: false }) throw Inconsistent(key, current, fence: null, refused.Cause.Item, storedFence: null, refused.Cause);
    }

    private InconsistentStateException Inconsistent(GrainStateKey key, string? current, Fence? fence, Dictionary<string, AttributeValue>? item, StoredFence? storedFence, Exception? cause)
    {
        var stored = StoredState.ETagAlone(key, item, NowSeconds);
        var why = fence is { } mine && storedFence is { } there && !StoredFence.Admits(there, mine)
            ? there.Refusal($"{key} in the DynamoDB table \"{_options.TableName}\"", mine)
            : $"{key} was changed by somebody else: its ETag in the DynamoDB table \"{_options.TableName}\" is {stored ?? "none"}, and {current ?? "none"} was read.";
        return new InconsistentStateException($"{_name}: {why}", stored, current, cause);
    }

    // As the official engine counts, from 0. Where items go away, a later one of the same grain must not begin with an ETag that somebody may still hold.
    private string Next(GrainStateKey key, string? current) => current is null
        ? TextOf(_options.DeleteStateOnClear || _options.TimeToLive is not null ? RandomNumberGenerator.GetInt32(1 << 30) : 0)
        : long.TryParse(current, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? TextOf(number + 1)
        : throw new InconsistentStateException($"{_name}: {key} carries the ETag \"{current}\", which is not a number and never came from DynamoDB.", null, current);

    private static string TextOf(long number) => number.ToString(CultureInfo.InvariantCulture);
}
