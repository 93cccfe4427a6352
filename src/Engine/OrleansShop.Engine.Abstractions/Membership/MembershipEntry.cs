using Orleans.Runtime;

namespace Orleans;

/// <summary>The row of one silo in a membership table.</summary>
[GenerateSerializer]
public sealed class MembershipEntry : ISpanFormattable
{
    /// <summary>The silo.</summary>
    [Id(0)]
    public SiloAddress SiloAddress { get; set; } = null!;

    /// <summary>Its status.</summary>
    [Id(1)]
    public SiloStatus Status { get; set; }

    /// <summary>Who suspects it to be dead, and since when; null for nobody.</summary>
    [Id(2)]
    public List<Tuple<SiloAddress, DateTime>>? SuspectTimes { get; set; }

    /// <summary>The port for clients; 0 if it takes none.</summary>
    [Id(3)]
    public int ProxyPort { get; set; }

    /// <summary>The name of its machine.</summary>
    [Id(4)]
    public string HostName { get; set; } = "";

    /// <summary>Its name.</summary>
    [Id(5)]
    public string SiloName { get; set; } = "";

    /// <summary>Its role; null for none.</summary>
    [Id(6)]
    public string? RoleName { get; set; }

    /// <summary>Not used by this engine.</summary>
    [Id(7)]
    public int UpdateZone { get; set; }

    /// <summary>Not used by this engine.</summary>
    [Id(8)]
    public int FaultZone { get; set; }

    /// <summary>When it started, UTC.</summary>
    [Id(9)]
    public DateTime StartTime { get; set; }

    /// <summary>Its last sign of life, UTC.</summary>
    [Id(10)]
    public DateTime IAmAliveTime { get; set; }

    /// <summary>Adds a suspicion.</summary>
    public void AddSuspector(SiloAddress suspectingSilo, DateTime suspectingTime) => (SuspectTimes ??= []).Add(Tuple.Create(suspectingSilo, suspectingTime));

    /// <summary>Adds or renews a silo's suspicion; if there are <paramref name="maxVotes"/> already, the oldest goes.</summary>
    public void AddOrUpdateSuspector(SiloAddress localSilo, DateTime voteTime, int maxVotes)
    {
        SuspectTimes ??= [];
        SuspectTimes.RemoveAll(vote => vote.Item1.Equals(localSilo));
        while (SuspectTimes.Count > 0 && SuspectTimes.Count >= maxVotes)
            SuspectTimes.Remove(SuspectTimes.MinBy(vote => vote.Item2)!);
        AddSuspector(localSilo, voteTime);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{this}";

    /// <summary>All of the row on one line.</summary>
    public string ToFullString() =>
        $"[{SiloAddress} {SiloName} {Status} host {HostName} proxy {ProxyPort} started {StartTime:O} alive {IAmAliveTime:O} suspected by "
        + $"{string.Join(", ", SuspectTimes?.Select(vote => $"{vote.Item1} at {vote.Item2:O}") ?? [])}]";

    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => ToString();

    bool ISpanFormattable.TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        destination.TryWrite($"[{SiloAddress} {SiloName} {Status}]", out charsWritten);
}
