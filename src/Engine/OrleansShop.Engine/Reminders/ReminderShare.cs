using System.Collections.Immutable;
using Orleans;
using Orleans.Runtime;
using OrleansShop.Engine.Manifest;
using OrleansShop.Engine.Placement;
using OrleansShop.Engine.Serialization;

namespace OrleansShop.Engine.Reminders;

/// <summary>
/// Which reminders are this silo's: those of grains whose partition it owns. Where a grain runs does not matter, so that a grain that runs elsewhere
/// than on its owner, and one that does not run, have an owner of their reminders too. A silo without a cluster owns all.
/// </summary>
internal sealed class ReminderShare
{
    private readonly RingHolder? _ring;
    private readonly ImmutableArray<GrainType> _remindable;

    public ReminderShare(ILocalSiloDetails silo, GrainTypes types, ICodecProvider codecs, RingHolder? ring = null)
    {
        Silo = silo.SiloAddress;
        _ring = ring;
        var remindable = types.NameOf(typeof(IRemindable), codecs);
        _remindable = [.. types.Hosted.Where(grain => grain.Interfaces.Any(known => known.Name == remindable)).Select(grain => grain.GrainType)];
        if (ring is not null)
            ring.Replaced += () => Changed?.Invoke();
    }

    /// <summary>The ring has changed, and with it perhaps the share. On any thread; must return soon.</summary>
    public event Action? Changed;

    /// <summary>This silo.</summary>
    public SiloAddress Silo { get; }

    /// <summary>The share now.</summary>
    public OpenPartitions Open
    {
        get
        {
            var ring = _ring?.Current;
            return new(_remindable.ToImmutableDictionary(type => type, type =>
                ring is null ? PartitionSet.All
                : ring.Find(type) is { IsLocal: true } hosts ? hosts.Owned.Except(hosts.Held)
                : PartitionSet.Empty));
        }
    }

    /// <summary>Whether this silo sends the ticks of a grain's reminders now.</summary>
    public bool IsOpen(GrainId grain) => _ring is null || (_ring.Current.Find(grain.Type)?.IsOpenHere(Partition.Of(grain)) ?? false);

    /// <summary>The silo whose share a grain's reminders are in; null if nobody hosts its type.</summary>
    public SiloAddress? OwnerOf(GrainId grain) =>
        _ring is null ? Silo : _ring.Current.Find(grain.Type)?.Table.OwnerOf(Partition.Of(grain));
}
