using System.Buffers;
using System.Collections.Immutable;
using System.IO.Hashing;
using System.Text;
using System.Text.Json;
using Orleans.Runtime;
using OrleansShop.Engine.Manifest;
using OrleansShop.Engine.Membership.Protocol;
using OrleansShop.Engine.Placement;

namespace OrleansShop.Engine.Membership;

/// <summary>
/// The content of a membership file: a line with the format's name, its version and a checksum of the rest, then JSON that a
/// person can read.
/// </summary>
/// <remarks>
/// Written and read field by field: the serializer of objects would compile some 240 methods for this one file, a tenth of all that the start
/// of a silo compiles. Benchmark: silo-start.
/// </remarks>
internal static class FileViewFormat
{
    private const string Heading = "OrleansShop-membership 1 ";

    private static readonly JsonWriterOptions Json = new() { Indented = true };

    public static byte[] Write(MembershipView view, string clusterId)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Json))
        {
            json.WriteStartObject();
            json.WriteString("ClusterId", clusterId);
            json.WriteNumber("Version", view.Version);
            json.WriteNumber("LastCrash", view.LastCrash);
            json.WriteString("History", view.History);
            json.WriteStartArray("Rows");
            foreach (var row in view.Rows)
                Write(json, row);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        var body = buffer.WrittenSpan;
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

        try
        {
            using var json = JsonDocument.Parse(content.AsMemory(line + 1));
            var document = json.RootElement;
            if (Text(document, "ClusterId") is var owner && owner != clusterId)
            {
                throw new InvalidDataException(
                    $"The membership file {path} belongs to cluster '{owner}', but this process is of cluster '{clusterId}'. "
                    + "Use another file for each cluster.");
            }

            var rows = new List<MembershipRow>();
            foreach (var row in document.GetProperty("Rows").EnumerateArray())
                rows.Add(ReadRow(row));
            return new(document.GetProperty("Version").GetInt64(), rows)
            {
                LastCrash = Number(document, "LastCrash"),
                History = document.TryGetProperty("History", out var history) ? history.GetString() ?? "" : "",
            };
        }
        catch (Exception cause) when (IsOfContent(cause))
        {
            throw Damaged(path, cause.Message, cause);
        }
    }

    /// <summary>The grain classes of a silo alone, as JSON.</summary>
    public static byte[] WriteHosts(ImmutableArray<KnownGrain> hosts)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
            WriteHosts(json, hosts);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads what <see cref="WriteHosts(ImmutableArray{KnownGrain})"/> gave.</summary>
    /// <exception cref="InvalidDataException">It is something else.</exception>
    public static ImmutableArray<KnownGrain> ReadHosts(byte[] content)
    {
        try
        {
            using var json = JsonDocument.Parse(content);
            return ReadHosts(json.RootElement);
        }
        catch (Exception cause) when (IsOfContent(cause))
        {
            throw new InvalidDataException($"The grain classes of a silo cannot be read: {cause.Message}", cause);
        }
    }

    private static bool IsOfContent(Exception cause) => cause is JsonException or FormatException or ArgumentException or KeyNotFoundException or InvalidOperationException;

    private static string Checksum(ReadOnlySpan<byte> body) => XxHash64.HashToUInt64(body).ToString("x16");

    private static InvalidDataException Damaged(string path, string why, Exception? cause = null) =>
        new($"The file {path} is not an intact membership file: {why}. Stop the silos that use it, delete it, and start them again.", cause);

    private static void Write(Utf8JsonWriter json, MembershipRow row)
    {
        json.WriteStartObject();
        json.WriteString("Silo", row.Silo.ToParsableString());
        json.WriteString("Status", row.Status.ToString());
        json.WriteString("SiloName", row.SiloName);
        json.WriteString("HostName", row.HostName);
        json.WriteNumber("GatewayPort", row.GatewayPort);
        json.WriteNumber("Heartbeat", row.Heartbeat);
        json.WriteNumber("Nonce", row.Nonce);
        if (row.Acknowledged is { } acknowledged)
            Write(json, acknowledged);
        json.WriteNumber("WrittenIn", row.WrittenIn);
        json.WriteNumber("PredecessorEnded", row.PredecessorEnded);
        json.WriteBoolean("HasDrained", row.HasDrained);
        json.WriteStartArray("Suspicions");
        foreach (var suspicion in row.Suspicions)
        {
            json.WriteStartObject();
            json.WriteString("By", suspicion.By.ToParsableString());
            json.WriteString("At", suspicion.At);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WritePropertyName("Hosts");
        WriteHosts(json, row.Hosts);
        json.WriteEndObject();
    }

    private static void WriteHosts(Utf8JsonWriter json, ImmutableArray<KnownGrain> hosts)
    {
        json.WriteStartArray();
        foreach (var grain in hosts)
            Write(json, grain);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, Acknowledgement acknowledged)
    {
        json.WriteStartObject("Acknowledged");
        json.WriteNumber("View", acknowledged.View);
        json.WriteString("Draining", acknowledged.Draining.ToText());
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, KnownGrain grain)
    {
        json.WriteStartObject();
        json.WriteString("GrainType", grain.GrainType.ToString());
        json.WriteString("ClassName", grain.ClassName);
        json.WriteBoolean("IsStatelessWorker", grain.IsStatelessWorker);
        json.WriteStartArray("Interfaces");
        foreach (var known in grain.Interfaces)
        {
            json.WriteStartObject();
            json.WriteString("Name", known.Name.ToString());
            json.WriteNumber("Version", known.Version);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (!grain.Bindings.IsEmpty)
            Write(json, grain.Bindings);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ImmutableArray<ImmutableDictionary<string, string>> bindings)
    {
        json.WriteStartArray("Bindings");
        foreach (var binding in bindings)
        {
            json.WriteStartObject();
            foreach (var (name, value) in binding)
                json.WriteString(name, value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static MembershipRow ReadRow(JsonElement row)
    {
        return new(
            SiloAddress.FromParsableString(Text(row, "Silo")), Enum.Parse<SiloStatus>(Text(row, "Status")), Text(row, "SiloName"), Text(row, "HostName"),
            row.GetProperty("GatewayPort").GetInt32(), ReadHosts(row.GetProperty("Hosts")))
        {
            Heartbeat = row.GetProperty("Heartbeat").GetInt64(),
            Nonce = Number(row, "Nonce"),
            Acknowledged = row.TryGetProperty("Acknowledged", out var acknowledged)
                ? new(acknowledged.GetProperty("View").GetInt64(), PartitionSet.FromText(Text(acknowledged, "Draining")))
                : null,
            HasDrained = row.TryGetProperty("HasDrained", out var drained) && drained.GetBoolean(),
            Suspicions = row.TryGetProperty("Suspicions", out var suspicions) ? ReadSuspicions(suspicions) : [],
            WrittenIn = row.GetProperty("WrittenIn").GetInt64(),
            PredecessorEnded = row.GetProperty("PredecessorEnded").GetInt64(),
        };
    }

    private static ImmutableArray<KnownGrain> ReadHosts(JsonElement hosts)
    {
        var read = ImmutableArray.CreateBuilder<KnownGrain>();
        foreach (var grain in hosts.EnumerateArray())
            read.Add(ReadGrain(grain));
        return read.ToImmutable();
    }

    private static ImmutableArray<Suspicion> ReadSuspicions(JsonElement suspicions)
    {
        var read = ImmutableArray.CreateBuilder<Suspicion>();
        foreach (var suspicion in suspicions.EnumerateArray())
            read.Add(new(SiloAddress.FromParsableString(Text(suspicion, "By")), suspicion.GetProperty("At").GetDateTimeOffset()));
        return read.ToImmutable();
    }

    private static KnownGrain ReadGrain(JsonElement grain)
    {
        var interfaces = new List<KnownInterface>();
        foreach (var known in grain.GetProperty("Interfaces").EnumerateArray())
            interfaces.Add(new(GrainInterfaceType.Create(Text(known, "Name")), known.GetProperty("Version").GetUInt16()));
        return new(GrainType.Create(Text(grain, "GrainType")), Text(grain, "ClassName"), grain.GetProperty("IsStatelessWorker").GetBoolean(), [.. interfaces])
        {
            Bindings = grain.TryGetProperty("Bindings", out var bindings) ? ReadBindings(bindings) : [],
        };
    }

    private static ImmutableArray<ImmutableDictionary<string, string>> ReadBindings(JsonElement bindings)
    {
        var read = ImmutableArray.CreateBuilder<ImmutableDictionary<string, string>>();
        foreach (var binding in bindings.EnumerateArray())
            read.Add(binding.EnumerateObject().ToImmutableDictionary(static entry => entry.Name, static entry => entry.Value.GetString() ?? throw new FormatException($"{entry.Name} is null")));
        return read.ToImmutable();
    }

    // What files of earlier versions do not have is 0.
    private static long Number(JsonElement element, string name) => element.TryGetProperty(name, out var number) ? number.GetInt64() : 0;

    private static string Text(JsonElement element, string name) =>
        element.GetProperty(name).GetString() ?? throw new FormatException($"{name} is null");
}
