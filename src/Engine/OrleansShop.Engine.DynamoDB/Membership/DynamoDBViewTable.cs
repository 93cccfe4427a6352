using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.IO.Compression;
using System.Security.Cryptography;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using OrleansShop.Engine.Manifest;
using OrleansShop.Engine.Membership;
using OrleansShop.Storage.Aws.Calling;
using OrleansShop.Storage.DynamoDB;
using OrleansShop.Storage.DynamoDB.Connecting;
using OrleansShop.Storage.DynamoDB.Tables;

namespace OrleansShop.Engine.DynamoDB.Membership;

/// <summary>
/// The membership table in DynamoDB. A change of a row and of the version row are one transaction, so that views are totally ordered; renewals change a row
/// alone. Where nothing changes, a read is one query of the cluster's partition.
/// </summary>
/// <param name="endpoint">Where DynamoDB is.</param>
/// <param name="name">The table's name.</param>
/// <param name="rules">What may be done if it is missing.</param>
/// <param name="clusterId">The cluster, whose rows are one partition.</param>
/// <param name="defunct">Which rows of dead silos go; null for none.</param>
/// <param name="readsHosts">Whether rows are read with the grain classes of their silos. Clients get those from silos.</param>
/// <param name="time">Pauses, time limits and the times in rows.</param>
/// <param name="logger">Where repeated calls are reported.</param>
internal sealed class DynamoDBViewTable(
    DynamoDBEndpoint endpoint, string name, TableRules rules, string clusterId, DefunctRows? defunct, bool readsHosts, TimeProvider time, ILogger<DynamoDBViewTable> logger) : IViewTable, IDisposable
{
    private const int MostSkewedReads = 20;
    private const int TokenBytes = 16;

    // Renewals are made again by whoever asks for them, with the time that the lease leaves.
    private static readonly CallPolicy s_policy = new(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(25), TimeSpan.FromMilliseconds(500));

    private readonly SemaphoreSlim _preparing = new(1);
    private readonly ConcurrentDictionary<string, ImmutableArray<KnownGrain>> _hosts = new(StringComparer.Ordinal);
    private volatile DynamoDBTable? _table;
    private volatile MembershipView? _lastRead;

    // Of the rows of dead silos as they were last read: those change no more.
    private volatile ImmutableDictionary<SiloAddress, DateTimeOffset> _deadSince = ImmutableDictionary<SiloAddress, DateTimeOffset>.Empty;

    public async Task<MembershipView> Read(CancellationToken cancellationToken)
    {
        var table = await Prepared(cancellationToken).ConfigureAwait(false);
        return await Passing(() => ReadWhole(table, cancellationToken)).ConfigureAwait(false);
    }

    public async Task<bool> TryWrite(TableWrite write, CancellationToken cancellationToken)
    {
        var table = await Prepared(cancellationToken).ConfigureAwait(false);
        return await Passing(async () =>
        {
            // What has this version is the same for everybody, renewals aside, and those are not written here.
            var content = _lastRead is { } last && last.Version == write.ExpectedVersion ? last : await ReadWhole(table, cancellationToken).ConfigureAwait(false);
            if (content.Version != write.ExpectedVersion)
                return false;
            var request = NewTransaction(table, content, WithoutDefunct(TableContent.Put(content, write.Row), write), write);
            try
            {
                await table.Calls.SendAsync("TransactWriteItems", name, s_policy, token => table.Client.TransactWriteItemsAsync(request, token), cancellationToken).ConfigureAwait(false);
                return true;
            }
            catch (TransactionCanceledException refused) when (refused.CancellationReasons?.Exists(static reason => reason.Code == "ConditionalCheckFailed") == true)
            {
                return false;
            }
        }).ConfigureAwait(false);
    }

    public async Task<RenewedRow?> Renew(Renewal renewal, CancellationToken cancellationToken)
    {
        var table = await Prepared(cancellationToken).ConfigureAwait(false);
        var request = NewRenewal(renewal);
        return await Passing<RenewedRow?>(async () =>
        {
            try
            {
                var renewed = await table.Calls.SendAsync("UpdateItem", name, s_policy, token => table.Client.UpdateItemAsync(request, token), cancellationToken).ConfigureAwait(false);
                return MembershipItem.ReadRenewed(renewed.Attributes);
            }
            catch (ConditionalCheckFailedException refused)
            {
                return refused.Item is { Count: > 0 } found ? MembershipItem.ReadRenewed(found) : null;
            }
        }).ConfigureAwait(false);
    }

    public void Dispose()
    {
        Interlocked.Exchange(ref _table, null)?.Client.Dispose();
        _preparing.Dispose();
    }

    private async Task<DynamoDBTable> Prepared(CancellationToken cancellationToken)
    {
        if (_table is { } ready)
            return ready;
        await _preparing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_table is { } prepared)
                return prepared;
            var connection = endpoint.Connect();
            try
            {
                var table = new DynamoDBTable(connection.Client, name, connection.Calls(time, logger));
                await new TablePreparation(table, MembershipTable.Layout, rules, time, logger).RunAsync(cancellationToken).ConfigureAwait(false);
                return _table = table;
            }
            catch
            {
                connection.Dispose();
                throw;
            }
        }
        finally
        {
            _preparing.Release();
        }
    }

    // To who watches the table an outage is a failure of input and output, as with every other table.
    private static async Task<T> Passing<T>(Func<Task<T>> call)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (DynamoDBTableException outage)
        {
            throw new IOException(outage.Message, outage);
        }
    }

    // A query reads items one after the other, and a transaction may come in between. Rows that were all read between two looks at one version belong to it.
    private async Task<MembershipView> ReadWhole(DynamoDBTable table, CancellationToken cancellationToken)
    {
        var before = _lastRead?.Version;
        for (var reads = 0; reads < MostSkewedReads; reads++)
        {
            var items = await QueryAll(table, cancellationToken).ConfigureAwait(false);
            var versionRow = items.Find(static item => MembershipItem.TextOf(item, MembershipTable.SiloIdentity) == MembershipTable.VersionRow) ?? [];
            var version = MembershipItem.NumberOf(versionRow, MembershipTable.MembershipVersion);
            items.Remove(versionRow);
            if (version == before && items.TrueForAll(item => MembershipItem.NumberOf(item, MembershipTable.MembershipVersion) <= version) && await FindHosts(table, items, cancellationToken).ConfigureAwait(false))
            {
                var view = new MembershipView(version, items.Select(item => MembershipItem.Read(item, identity => _hosts.GetValueOrDefault(identity, []))))
                {
                    LastCrash = MembershipItem.NumberOf(versionRow, MembershipTable.LastCrash),
                    History = MembershipItem.TextOf(versionRow, MembershipTable.History),
                    ForgottenGeneration = (int)MembershipItem.NumberOf(versionRow, MembershipTable.ForgottenGeneration),
                };
                NoteDead(items);
                return _lastRead = view;
            }

            before = version;
        }

        throw new IOException($"The membership table \"{name}\" at {table.Place} has changed during each of {MostSkewedReads} reads.");
    }

    private void NoteDead(List<Dictionary<string, AttributeValue>> items)
    {
        if (defunct is null)
            return;
        var since = ImmutableDictionary.CreateBuilder<SiloAddress, DateTimeOffset>();
        foreach (var item in items)
        {
            var row = MembershipItem.Read(item, static _ => []);
            if (row.Status == SiloStatus.Dead && MembershipItem.WrittenAt(item) is { } at)
                since[row.Silo] = at;
        }

        _deadSince = since.ToImmutable();
    }

    private MembershipView WithoutDefunct(MembershipView content, TableWrite write)
    {
        if (defunct is null)
            return content;
        var deadSince = _deadSince;
        return TableContent.Forget(content, defunct.In(content, write.Row.Silo, silo => deadSince.TryGetValue(silo, out var at) ? at : null, time.GetUtcNow()));
    }

    private async Task<List<Dictionary<string, AttributeValue>>> QueryAll(DynamoDBTable table, CancellationToken cancellationToken)
    {
        var items = new List<Dictionary<string, AttributeValue>>();
        Dictionary<string, AttributeValue>? from = null;
        do
        {
            var request = new QueryRequest
            {
                TableName = name,
                ConsistentRead = true,
                KeyConditionExpression = $"{MembershipTable.DeploymentId} = :cluster",
                ExpressionAttributeValues = new() { [":cluster"] = MembershipItem.Text(clusterId) },
                ExclusiveStartKey = from,
            };
            var page = await table.Calls.SendAsync("Query", name, s_policy, token => table.Client.QueryAsync(request, token), cancellationToken).ConfigureAwait(false);
            items.AddRange(page.Items ?? []);
            from = page.LastEvaluatedKey;
        }
        while (from is { Count: > 0 });
        return items;
    }

    // False if a silo's are gone: then its row is too, in a later version.
    private async Task<bool> FindHosts(DynamoDBTable table, List<Dictionary<string, AttributeValue>> items, CancellationToken cancellationToken)
    {
        if (!readsHosts)
            return true;
        foreach (var item in items)
        {
            var identity = MembershipItem.TextOf(item, MembershipTable.SiloIdentity);
            if (_hosts.ContainsKey(identity))
                continue;
            var request = new GetItemRequest { TableName = name, ConsistentRead = true, Key = Key(MembershipTable.HostsOf(clusterId), identity) };
            var answer = await table.Calls.SendAsync("GetItem", name, s_policy, token => table.Client.GetItemAsync(request, token), cancellationToken).ConfigureAwait(false);
            if (answer.Item is null || !answer.Item.TryGetValue(MembershipTable.Hosts, out var hosts))
                return false;
            _hosts[identity] = Unpack(hosts.B);
        }

        return true;
    }

    private TransactWriteItemsRequest NewTransaction(DynamoDBTable table, MembershipView before, MembershipView after, TableWrite write)
    {
        var row = after.Find(write.Row.Silo)!;
        var actions = new List<TransactWriteItem> { new() { Update = NextVersion(before, after) }, new() { Update = Change(row, isNew: before.Find(row.Silo) is null, write.ExpectedHeartbeat) } };
        if (before.Find(row.Silo) is null)
        {
            var item = Key(MembershipTable.HostsOf(clusterId), MembershipItem.IdentityOf(row.Silo));
            item[MembershipTable.Hosts] = new() { B = Pack(row.Hosts) };
            actions.Add(new() { Put = new() { TableName = name, Item = item } });
        }

        foreach (var gone in before.Rows.Where(other => after.Find(other.Silo) is null))
        {
            var identity = MembershipItem.IdentityOf(gone.Silo);
            actions.Add(new() { Delete = new() { TableName = name, Key = Key(clusterId, identity) } });
            actions.Add(new() { Delete = new() { TableName = name, Key = Key(MembershipTable.HostsOf(clusterId), identity) } });
        }

        // With the token, an attempt that is repeated because its answer was lost succeeds once.
        return new() { TransactItems = actions, ClientRequestToken = RandomNumberGenerator.GetHexString(TokenBytes * 2, lowercase: true) };
    }

    private Update NextVersion(MembershipView before, MembershipView after) => new()
    {
        TableName = name,
        Key = Key(clusterId, MembershipTable.VersionRow),
        UpdateExpression = $"SET {MembershipTable.MembershipVersion} = :next, {MembershipTable.ETag} = :next, {MembershipTable.LastCrash} = :crash, {MembershipTable.History} = :history, {MembershipTable.ForgottenGeneration} = :forgotten",
        ConditionExpression = before.Version == 0
            ? $"attribute_not_exists({MembershipTable.MembershipVersion}) OR {MembershipTable.MembershipVersion} = :expected"
            : $"{MembershipTable.MembershipVersion} = :expected",
        ExpressionAttributeValues = new()
        {
            [":next"] = MembershipItem.Number(after.Version),
            [":expected"] = MembershipItem.Number(before.Version),
            [":crash"] = MembershipItem.Number(after.LastCrash),
            [":history"] = MembershipItem.Text(after.History),
            [":forgotten"] = MembershipItem.Number(after.ForgottenGeneration),
        },
    };

    private Update Change(MembershipRow row, bool isNew, long? expectedHeartbeat)
    {
        var now = time.GetUtcNow();
        var values = new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { [":start"] = MembershipItem.Time(now) };
        var sets = new List<string> { $"{MembershipTable.StartTime} = if_not_exists({MembershipTable.StartTime}, :start)" };
        foreach (var (attribute, value) in MembershipItem.Of(row, now))
        {
            values[$":{attribute}"] = value;
            sets.Add($"{attribute} = :{attribute}");
        }

        if (isNew)
        {
            foreach (var (attribute, value) in new[] { (MembershipTable.Heartbeat, row.Heartbeat), (MembershipTable.RenewalNonce, row.Nonce) })
            {
                values[$":{attribute}"] = MembershipItem.Number(value);
                sets.Add($"{attribute} = :{attribute}");
            }
        }

        if (expectedHeartbeat is { } heartbeat)
            values[":heartbeat"] = MembershipItem.Number(heartbeat);
        return new()
        {
            TableName = name,
            Key = Key(clusterId, MembershipItem.IdentityOf(row.Silo)),
            UpdateExpression = $"SET {string.Join(", ", sets)}",
            ConditionExpression = expectedHeartbeat is null ? null : $"{MembershipTable.Heartbeat} = :heartbeat",
            ExpressionAttributeValues = values,
        };
    }

    private UpdateItemRequest NewRenewal(Renewal renewal)
    {
        var values = new Dictionary<string, AttributeValue>(StringComparer.Ordinal)
        {
            [":next"] = MembershipItem.Number(renewal.Expected + 1),
            [":expected"] = MembershipItem.Number(renewal.Expected),
            [":nonce"] = MembershipItem.Number(renewal.Nonce),
            [":alive"] = MembershipItem.Time(time.GetUtcNow()),
            [":joining"] = MembershipItem.Number((int)SiloStatus.Joining),
            [":active"] = MembershipItem.Number((int)SiloStatus.Active),
            [":leaving"] = MembershipItem.Number((int)SiloStatus.ShuttingDown),
        };
        var sets = $"SET {MembershipTable.Heartbeat} = :next, {MembershipTable.RenewalNonce} = :nonce, {MembershipTable.IAmAliveTime} = :alive";
        if (renewal.Acknowledged is { } acknowledged)
        {
            values[":view"] = MembershipItem.Number(acknowledged.View);
            values[":draining"] = MembershipItem.Text(acknowledged.Draining.ToText());
            sets += $", {MembershipTable.AcknowledgedView} = :view, {MembershipTable.Draining} = :draining";
        }

        return new()
        {
            TableName = name,
            Key = Key(clusterId, MembershipItem.IdentityOf(renewal.Silo)),
            UpdateExpression = sets,
            ConditionExpression = $"{MembershipTable.SiloStatus} IN (:joining, :active, :leaving) AND {MembershipTable.Heartbeat} = :expected",
            ExpressionAttributeValues = values,
            ReturnValues = ReturnValue.ALL_NEW,
            ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
        };
    }

    private static Dictionary<string, AttributeValue> Key(string partition, string identity) => new(StringComparer.Ordinal)
    {
        [MembershipTable.DeploymentId] = MembershipItem.Text(partition),
        [MembershipTable.SiloIdentity] = MembershipItem.Text(identity),
    };

    private static MemoryStream Pack(ImmutableArray<KnownGrain> hosts)
    {
        var packed = new MemoryStream();
        using (var compression = new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            compression.Write(FileViewFormat.WriteHosts(hosts));
        packed.Position = 0;
        return packed;
    }

    private static ImmutableArray<KnownGrain> Unpack(MemoryStream packed)
    {
        using var compression = new BrotliStream(packed, CompressionMode.Decompress);
        using var json = new MemoryStream();
        compression.CopyTo(json);
        return FileViewFormat.ReadHosts(json.ToArray());
    }
}
