using System.Collections.Immutable;
using System.IO.Hashing;
using System.Text;
using System.Text.Json;
using Orleans.Runtime;
using OrleansShop.Engine.Manifest;

namespace OrleansShop.Engine.Membership;

/// <summary>
/// The content of a membership file: a line with the format's name, its version and a checksum of the rest, then JSON that a
/// person can read.
/// </summary>
internal static class FileViewFormat
{
    private const string Heading = "OrleansShop-membership 1 ";

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    public static byte[] Write(MembershipView view, string clusterId)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new Document(clusterId, view.Version, [.. view.Rows.Select(ToEntry)]), Json);
        return [.. Encoding.ASCII.GetBytes($"{Heading}{Checksum(body)}\n"), .. body];
    }

    /// <exception cref="InvalidDataException">The content is damaged, or belongs to another cluster.</exception>
    public static MembershipView Parse(byte[] content, string clusterId, string path)
    {
        var line = content.AsSpan().IndexOf((byte)'\n');
        if (line < 0 || !Encoding.ASCII.GetString(content, 0, line).StartsWith(Heading, StringComparison.Ordinal))
            throw Damaged(path, "it does not begin like one");
        var body = content.AsSpan(line + 1);
        if (Encoding.ASCII.GetString(content, Heading.Length, line - Heading.Length) != Checksum(body))
            throw Damaged(path, "its checksum does not match");

        Document document;
        try
        {
            document = JsonSerializer.Deserialize<Document>(body, Json) ?? throw Damaged(path, "it is empty");
            if (document.ClusterId != clusterId)
            {
                throw new InvalidDataException(
                    $"The membership file {path} belongs to cluster '{document.ClusterId}', but this process is of cluster '{clusterId}'. "
                    + "Use another file for each cluster.");
            }

            return new(document.Version, document.Rows.Select(FromEntry));
        }
        catch (Exception cause) when (cause is JsonException or FormatException or ArgumentException)
        {
            throw Damaged(path, cause.Message, cause);
        }
    }

    private static string Checksum(ReadOnlySpan<byte> body) => XxHash64.HashToUInt64(body).ToString("x16");

    private static InvalidDataException Damaged(string path, string why, Exception? cause = null) =>
        new($"The file {path} is not an intact membership file: {why}. Stop the silos that use it, delete it, and start them again.", cause);

    private static Entry ToEntry(MembershipRow row) => new(
        row.Silo.ToParsableString(), row.Status.ToString(), row.SiloName, row.HostName, row.GatewayPort, row.Heartbeat, row.WrittenIn, row.PredecessorEnded,
        [.. row.Hosts.Select(grain => new GrainEntry(
            grain.GrainType.ToString(), grain.ClassName, grain.IsStatelessWorker,
            [.. grain.Interfaces.Select(known => new InterfaceEntry(known.Name.ToString(), known.Version))]))]);

    private static MembershipRow FromEntry(Entry entry) => new(
        SiloAddress.FromParsableString(entry.Silo), Enum.Parse<SiloStatus>(entry.Status), entry.SiloName, entry.HostName, entry.GatewayPort,
        [.. entry.Hosts.Select(grain => new KnownGrain(
            GrainType.Create(grain.GrainType), grain.ClassName, grain.IsStatelessWorker,
            [.. grain.Interfaces.Select(known => new KnownInterface(GrainInterfaceType.Create(known.Name), known.Version))]))])
    {
        Heartbeat = entry.Heartbeat,
        WrittenIn = entry.WrittenIn,
        PredecessorEnded = entry.PredecessorEnded,
    };

    private sealed record Document(string ClusterId, long Version, ImmutableArray<Entry> Rows);

    private sealed record Entry(
        string Silo, string Status, string SiloName, string HostName, int GatewayPort, long Heartbeat, long WrittenIn, long PredecessorEnded,
        ImmutableArray<GrainEntry> Hosts);

    private sealed record GrainEntry(string GrainType, string ClassName, bool IsStatelessWorker, ImmutableArray<InterfaceEntry> Interfaces);

    private sealed record InterfaceEntry(string Name, ushort Version);
}
