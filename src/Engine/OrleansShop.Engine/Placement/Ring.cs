using System.Collections.Immutable;
using Orleans.Runtime;
using OrleansShop.Engine.Manifest;
using OrleansShop.Engine.Membership;

namespace OrleansShop.Engine.Placement;

/// <summary>
/// Where every grain lives in one view, seen from one process. Immutable: a new view, or an acknowledgement of it, makes the
/// next ring, and <see cref="RingHolder"/> replaces one reference.
/// </summary>
internal sealed class Ring
{
    private readonly Dictionary<GrainType, GrainHosts> _hostings;

    private Ring(MembershipView view, SiloAddress? self, Dictionary<GrainType, GrainHosts> hostings)
    {
        View = view;
        Self = self;
        _hostings = hostings;
    }

    /// <summary>The ring before the first view: nobody hosts anything.</summary>
    public static Ring Empty(SiloAddress? self) => new(MembershipView.Empty, self, []);

    /// <summary>The view that it was computed from.</summary>
    public MembershipView View { get; }

    /// <summary>This silo; null in a client.</summary>
    public SiloAddress? Self { get; }

    /// <summary>The grain types that somebody hosts.</summary>
    public IEnumerable<KeyValuePair<GrainType, GrainHosts>> Hostings => _hostings;

    /// <summary>Where grains of a type live, or null if nobody hosts it.</summary>
    /// <remarks>Hot path: one dictionary read. All closed forms of a generic class live where their open form does.</remarks>
    public GrainHosts? Find(GrainType type) =>
        _hostings.TryGetValue(type, out var hosting) ? hosting
        : type.AsSpan().Contains((byte)'[') ? _hostings.GetValueOrDefault(OpenTypeOf(type))
        : null;

    /// <summary>The silo that owns a grain; null if nobody hosts its type, or if it is a stateless worker, which nobody owns.</summary>
    public SiloAddress? OwnerOf(GrainId grain) => Find(grain.Type) is { IsStatelessWorker: false } hosting ? hosting.Table.OwnerOf(Partition.Of(grain)) : null;

    /// <summary>The name of a grain type as silos say that they host it: without type arguments.</summary>
    public static GrainType OpenTypeOf(GrainType type) =>
        type.AsSpan().Contains((byte)'[') ? GrainType.Create(TypeNaming.WithoutArguments(type.ToString())) : type;

    /// <summary>Whether a grain may be activated in this process now.</summary>
    public bool MayActivate(GrainId grain) =>
        Find(grain.Type) is { } hosting && (hosting.IsStatelessWorker ? hosting.IsLocal : hosting.IsOpenHere(Partition.Of(grain)));

    /// <summary>The ring of a newer view.</summary>
    /// <param name="view">The view.</param>
    /// <param name="held">The partitions that other silos may still be running grains of. What this process owned and had open stays open.</param>
    public Ring Next(MembershipView view, PartitionSet held)
    {
        var tables = new Dictionary<string, PartitionTable>(StringComparer.Ordinal);
        var hostings = new Dictionary<GrainType, GrainHosts>();
        foreach (var (type, hosts) in HostsByType(view))
        {
            var key = string.Join(',', hosts.Select(row => row.Silo.ToParsableString()));
            if (!tables.TryGetValue(key, out var table))
                tables.Add(key, table = PartitionTable.For(hosts.Select(row => row.Silo)));

            var isLocal = Self is not null && table.Silos.Contains(Self);
            var owned = isLocal ? table.OwnedBy(Self!) : PartitionSet.Empty;
            var before = Find(type);
            var openBefore = before is null ? PartitionSet.Empty : before.Owned.Except(before.Held);
            hostings.Add(type, new(table, IsStatelessWorker(hosts, type), isLocal, owned, owned.Except(openBefore).Intersect(held)));
        }

        return new(view, Self, hostings);
    }

    /// <summary>The same view after other silos have drained more.</summary>
    public Ring Release(PartitionSet stillHeld) =>
        new(View, Self, _hostings.ToDictionary(entry => entry.Key, entry => entry.Value.Release(stillHeld)));

    /// <summary>What to tell a caller whose grain nobody hosts.</summary>
    public string DescribeHosts() =>
        View.Active.IsEmpty
            ? $"View {View.Version} has no active silo."
            : $"View {View.Version} hosts: " + string.Join("; ", View.Active.Select(row =>
                $"{row.SiloName} {row.Silo}: {(row.Hosts.IsEmpty ? "nothing" : string.Join(", ", row.Hosts.Select(grain => grain.GrainType).Order()))}"))
                + ".";

    // Only where no host is active do those that are shutting down still own the type, so that the last silo can finish its work.
    private static IEnumerable<KeyValuePair<GrainType, ImmutableArray<MembershipRow>>> HostsByType(MembershipView view)
    {
        var rowsByType = new Dictionary<GrainType, List<MembershipRow>>();
        foreach (var row in view.Rows.Where(row => row.MayRunGrains))
        {
            foreach (var grain in row.Hosts)
            {
                if (!rowsByType.TryGetValue(grain.GrainType, out var rows))
                    rowsByType.Add(grain.GrainType, rows = []);
                rows.Add(row);
            }
        }

        foreach (var (type, rows) in rowsByType)
        {
            var active = rows.Where(row => row.Status == SiloStatus.Active).ToImmutableArray();
            yield return new(type, active.IsEmpty ? [.. rows] : active);
        }
    }

    private static bool IsStatelessWorker(ImmutableArray<MembershipRow> hosts, GrainType type) =>
        hosts.Any(row => row.Hosts.Any(grain => grain.GrainType == type && grain.IsStatelessWorker));
}
