using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using Amazon.DynamoDBv2.Model;
using Orleans.Runtime;
using OrleansShop.Engine.Manifest;
using OrleansShop.Engine.Membership;
using OrleansShop.Engine.Placement;

namespace OrleansShop.Engine.DynamoDB.Membership;

/// <summary>A row of the table as an item, and back.</summary>
internal static class MembershipItem
{
    private const string TimeFormat = "yyyy-MM-dd HH:mm:ss.fff 'GMT'";

    public static string IdentityOf(SiloAddress silo) => $"{silo.Endpoint.Address}-{silo.Endpoint.Port}-{silo.Generation}";

    public static AttributeValue Text(string text) => new() { S = text };

    public static AttributeValue Number(long number) => new() { N = number.ToString(CultureInfo.InvariantCulture) };

    public static AttributeValue Time(DateTimeOffset time) => Text(time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture));

    /// <summary>The attributes that a change of a row sets, apart from its keys. What renewals write is not among them.</summary>
    public static Dictionary<string, AttributeValue> Of(MembershipRow row, DateTimeOffset now) => new(StringComparer.Ordinal)
    {
        [MembershipTable.Address] = Text(row.Silo.Endpoint.Address.ToString()),
        [MembershipTable.Port] = Number(row.Silo.Endpoint.Port),
        [MembershipTable.Generation] = Number(row.Silo.Generation),
        [MembershipTable.HostName] = Text(row.HostName),
        [MembershipTable.SiloStatus] = Number((int)row.Status),
        [MembershipTable.ProxyPort] = Number(row.GatewayPort),
        [MembershipTable.SiloName] = Text(row.SiloName),
        [MembershipTable.SuspectingSilos] = Text(string.Join('|', row.Suspicions.Select(static suspicion => suspicion.By.ToParsableString()))),
        [MembershipTable.SuspectingTimes] = Text(string.Join('|', row.Suspicions.Select(static suspicion => Time(suspicion.At).S))),
        [MembershipTable.IAmAliveTime] = Time(now),
        [MembershipTable.MembershipVersion] = Number(row.WrittenIn),
        [MembershipTable.ETag] = Number(row.WrittenIn),
        [MembershipTable.HasDrained] = new() { BOOL = row.HasDrained },
        [MembershipTable.PredecessorEnded] = Number(row.PredecessorEnded),
    };

    /// <exception cref="InvalidDataException">The item is no row of ours.</exception>
    public static MembershipRow Read(Dictionary<string, AttributeValue> item, Func<string, ImmutableArray<KnownGrain>> hostsOf)
    {
        var identity = TextOf(item, MembershipTable.SiloIdentity);
        try
        {
            var silo = SiloAddress.New(
                new IPEndPoint(IPAddress.Parse(TextOf(item, MembershipTable.Address)), (int)NumberOf(item, MembershipTable.Port)), (int)NumberOf(item, MembershipTable.Generation));
            return new(
                silo, (SiloStatus)NumberOf(item, MembershipTable.SiloStatus), TextOf(item, MembershipTable.SiloName), TextOf(item, MembershipTable.HostName),
                (int)NumberOf(item, MembershipTable.ProxyPort), hostsOf(identity))
            {
                Heartbeat = NumberOf(item, MembershipTable.Heartbeat),
                Nonce = NumberOf(item, MembershipTable.RenewalNonce),
                Acknowledged = item.ContainsKey(MembershipTable.AcknowledgedView)
                    ? new(NumberOf(item, MembershipTable.AcknowledgedView), PartitionSet.FromText(TextOf(item, MembershipTable.Draining)))
                    : null,
                Suspicions = SuspicionsOf(item),
                HasDrained = item.TryGetValue(MembershipTable.HasDrained, out var drained) && drained.BOOL == true,
                WrittenIn = NumberOf(item, MembershipTable.MembershipVersion),
                PredecessorEnded = NumberOf(item, MembershipTable.PredecessorEnded),
            };
        }
        catch (Exception cause) when (cause is FormatException or OverflowException or ArgumentException)
        {
            throw new InvalidDataException($"The item \"{identity}\" of the membership table cannot be read: {cause.Message} Stop the silos of the cluster, delete the item, and start them again.", cause);
        }
    }

    /// <summary>When a row was last written or renewed, by its writer's clock; null if the item does not say.</summary>
    public static DateTimeOffset? WrittenAt(Dictionary<string, AttributeValue> item) =>
        DateTimeOffset.TryParseExact(TextOf(item, MembershipTable.IAmAliveTime), TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null;

    public static RenewedRow ReadRenewed(Dictionary<string, AttributeValue> item) =>
        new((SiloStatus)NumberOf(item, MembershipTable.SiloStatus), NumberOf(item, MembershipTable.Heartbeat), NumberOf(item, MembershipTable.RenewalNonce));

    /// <summary>A number of an item; 0 if it does not have it.</summary>
    public static long NumberOf(Dictionary<string, AttributeValue> item, string name) =>
        item.TryGetValue(name, out var value) && value.N is { } number ? long.Parse(number, CultureInfo.InvariantCulture) : 0;

    /// <summary>A text of an item; empty if it does not have it.</summary>
    public static string TextOf(Dictionary<string, AttributeValue> item, string name) => item.TryGetValue(name, out var value) ? value.S ?? "" : "";

    private static ImmutableArray<Suspicion> SuspicionsOf(Dictionary<string, AttributeValue> item)
    {
        var silos = TextOf(item, MembershipTable.SuspectingSilos).Split('|', StringSplitOptions.RemoveEmptyEntries);
        var times = TextOf(item, MembershipTable.SuspectingTimes).Split('|', StringSplitOptions.RemoveEmptyEntries);
        return [.. silos.Zip(times, static (silo, time) => new Suspicion(
            SiloAddress.FromParsableString(silo), DateTimeOffset.ParseExact(time, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal)))];
    }
}
