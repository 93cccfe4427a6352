using System.Collections.Immutable;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.IO.Hashing;
using System.Net;
using System.Text;
using System.Text.Json.Serialization;

namespace Orleans.Runtime;

/// <summary>One start of a silo: where it listens, and a generation that tells it from earlier and later ones at the same place.</summary>
/// <remarks>Immutable. As text: <c>ip:port@generation</c>; an IPv6 address stands in brackets.</remarks>
[JsonConverter(typeof(SiloAddressConverter))]
[DebuggerDisplay("{ToString(),nq}")]
public sealed class SiloAddress : IEquatable<SiloAddress>, IComparable<SiloAddress>, ISpanFormattable, IParsable<SiloAddress>, IUtf8SpanParsable<SiloAddress>
{
    private static readonly DateTimeOffset GenerationEpoch = new(2022, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static int s_lastGeneration;

    private readonly int _hashCode;
    private string? _parsable;
    private byte[]? _parsableUtf8;

    private SiloAddress(IPEndPoint endpoint, int generation)
    {
        Endpoint = endpoint;
        Generation = generation;
        _hashCode = unchecked(endpoint.GetHashCode() * 397 ^ generation);
    }

    /// <summary>No silo: port 0 of any address, generation 0.</summary>
    public static SiloAddress Zero { get; } = New(IPAddress.Any, 0, 0);

    /// <summary>Where the silo listens.</summary>
    public IPEndPoint Endpoint { get; }

    /// <summary>Seconds from the start of 2022 UTC to the silo's start; negative for a client.</summary>
    public int Generation { get; }

    /// <summary>Whether this is the address of a client.</summary>
    public bool IsClient => Generation < 0;

    /// <summary>Returns the address of one start of a silo.</summary>
    public static SiloAddress New(IPEndPoint ep, int gen)
    {
        ArgumentNullException.ThrowIfNull(ep);
        return new SiloAddress(ep, gen);
    }

    /// <summary>Returns the address of one start of a silo.</summary>
    public static SiloAddress New(IPAddress address, int port, int generation) => new(new IPEndPoint(address, port), generation);

    /// <summary>Returns a generation for a silo that starts now: the seconds since 2022 began. Never the same twice in one process.</summary>
    public static int AllocateNewGeneration()
    {
        var now = (int)(TimeProvider.System.GetUtcNow() - GenerationEpoch).TotalSeconds;
        while (true)
        {
            // Silos that start within one second of each other in one process (tests) must still differ.
            var last = Volatile.Read(ref s_lastGeneration);
            var next = Math.Max(now, last + 1);
            if (Interlocked.CompareExchange(ref s_lastGeneration, next, last) == last)
                return next;
        }
    }

    /// <summary>Reads <c>ip:port@generation</c>.</summary>
    /// <exception cref="FormatException">The text is not of that form.</exception>
    public static SiloAddress FromParsableString(string addr) => Parse(addr);

    /// <summary>Reads <c>ip:port@generation</c>.</summary>
    /// <exception cref="FormatException">The text is not of that form.</exception>
    public static SiloAddress FromUtf8String(ReadOnlySpan<byte> addr) => Parse(addr);

    /// <summary>Reads <c>ip:port@generation</c>.</summary>
    /// <exception cref="FormatException">The text is not of that form.</exception>
    public static SiloAddress Parse(string value) => Parse(value, null);

    /// <summary>Reads <c>ip:port@generation</c>.</summary>
    /// <exception cref="FormatException">The text is not of that form.</exception>
    public static SiloAddress Parse(string value, IFormatProvider? provider = null)
    {
        ArgumentNullException.ThrowIfNull(value);
        return TryParse(value, provider, out var address) ? address : throw NotAnAddress(value);
    }

    /// <summary>Reads <c>ip:port@generation</c>.</summary>
    /// <exception cref="FormatException">The text is not of that form.</exception>
    public static SiloAddress Parse(ReadOnlySpan<byte> utf8Text) => Parse(utf8Text, null);

    /// <summary>Reads <c>ip:port@generation</c>.</summary>
    /// <exception cref="FormatException">The text is not of that form.</exception>
    public static SiloAddress Parse(ReadOnlySpan<byte> utf8Text, IFormatProvider? provider = null) =>
        TryParse(utf8Text, provider, out var address) ? address : throw NotAnAddress(Encoding.UTF8.GetString(utf8Text));

    /// <summary>Reads <c>ip:port@generation</c>; false if the text is not of that form.</summary>
    public static bool TryParse([NotNullWhen(true)] string? value, [NotNullWhen(true)] out SiloAddress? result) => TryParse(value, null, out result);

    /// <summary>Reads <c>ip:port@generation</c>; false if the text is not of that form.</summary>
    public static bool TryParse([NotNullWhen(true)] string? value, IFormatProvider? provider, [NotNullWhen(true)] out SiloAddress? result)
    {
        result = null;
        var text = value.AsSpan();
        var at = text.LastIndexOf('@');
        if (at < 0 || !int.TryParse(text[(at + 1)..], out var generation))
            return false;
        // The last colon: an IPv6 address holds others. The port is required, though an endpoint alone may omit it.
        var endpoint = text[..at];
        var colon = endpoint.LastIndexOf(':');
        if (colon < 0 || !ushort.TryParse(endpoint[(colon + 1)..], out var port) || !IPAddress.TryParse(endpoint[..colon], out var ip))
            return false;
        result = New(ip, port, generation);
        return true;
    }

    /// <summary>Reads <c>ip:port@generation</c>; false if the text is not of that form.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8Text, [NotNullWhen(true)] out SiloAddress? result) => TryParse(utf8Text, null, out result);

    /// <summary>Reads <c>ip:port@generation</c>; false if the text is not of that form.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8Text, IFormatProvider? provider, [NotNullWhen(true)] out SiloAddress? result) =>
        TryParse(Encoding.UTF8.GetString(utf8Text), provider, out result);

    /// <summary>Whether this is a later start of a silo at the same place.</summary>
    public bool IsSuccessorOf(SiloAddress other) => Endpoint.Equals(other.Endpoint) && Generation > other.Generation;

    /// <summary>Whether this is an earlier start of a silo at the same place.</summary>
    public bool IsPredecessorOf(SiloAddress other) => other.IsSuccessorOf(this);

    /// <summary>A hash that is the same in every process.</summary>
    public int GetConsistentHashCode() => unchecked((int)XxHash32.HashToUInt32(ParsableUtf8));

    /// <summary>Several independent hashes that are the same in every process.</summary>
    public ImmutableArray<uint> GetUniformHashCodes(int numHashes)
    {
        var hashes = ImmutableArray.CreateBuilder<uint>(numHashes);
        for (var seed = 0; seed < numHashes; seed++)
            hashes.Add(XxHash32.HashToUInt32(ParsableUtf8, seed));
        return hashes.MoveToImmutable();
    }

    /// <inheritdoc/>
    public bool Equals(SiloAddress? other) =>
        ReferenceEquals(this, other)
        || (other is not null && _hashCode == other._hashCode && Generation == other.Generation && Endpoint.Equals(other.Endpoint));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SiloAddress);

    /// <inheritdoc/>
    public override int GetHashCode() => _hashCode;

    /// <summary>Orders by place, then by generation. The order means nothing else, but is the same in every process.</summary>
    public int CompareTo(SiloAddress? other)
    {
        if (other is null)
            return 1;
        var byAddress = Endpoint.Address.GetAddressBytes().AsSpan().SequenceCompareTo(other.Endpoint.Address.GetAddressBytes());
        if (byAddress != 0)
            return byAddress;
        var byPort = Endpoint.Port.CompareTo(other.Endpoint.Port);
        return byPort != 0 ? byPort : Generation.CompareTo(other.Generation);
    }

    /// <summary>The address as <c>ip:port@generation</c>.</summary>
    public string ToParsableString() => _parsable ??= $"{Endpoint}@{Generation}";

    /// <summary>The address as <c>Sip:port:generation</c>, with C instead of S for a client.</summary>
    public override string ToString() => $"{this}";

    /// <summary>The address and its consistent hash.</summary>
    public string ToStringWithHashCode() => $"{this}/x{GetConsistentHashCode():X8}";

    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => ToString();

    bool ISpanFormattable.TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        destination.TryWrite($"{(IsClient ? 'C' : 'S')}{Endpoint}:{Generation}", out charsWritten);

    private byte[] ParsableUtf8 => _parsableUtf8 ??= Encoding.UTF8.GetBytes(ToParsableString());

    private static FormatException NotAnAddress(string text) =>
        new($"\"{text}\" is not a silo address. A silo address has the form ip:port@generation, for example 127.0.0.1:11111@154000000.");
}
