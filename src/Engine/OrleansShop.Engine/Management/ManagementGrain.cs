using System.Collections.Immutable;
using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;
using Orleans.Versions.Compatibility;
using Orleans.Versions.Selector;
using OrleansShop.Engine.Calls;
using OrleansShop.Engine.Manifest;
using OrleansShop.Engine.Membership;
using OrleansShop.Engine.Placement;
using OrleansShop.Engine.Versions;

namespace OrleansShop.Engine.Management;

/// <summary>
/// Puts together what each silo says. A worker of each silo and not one grain for all, so that it is where its caller is, and does not go with a silo that is in trouble.
/// </summary>
[GrainType(TypeName)]
[HostedOnRequest]
[StatelessWorker(1)]
[Reentrant]
internal sealed class ManagementGrain(SystemTargets silos, ILocalSiloDetails self, IGrainLocation? location = null, RingHolder? ring = null, VersionDirectors? versions = null) : Grain, IManagementGrain
{
    /// <summary>The name of its grain type, which no class of an application has by convention.</summary>
    public const string TypeName = "sys.management";

    private static readonly DateTime GenerationEpoch = new(2022, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private MembershipView? View => ring?.Current.View;

    private IVersionStrategiesGrain Versions => versions is not null
        ? GrainFactory.GetGrain<IVersionStrategiesGrain>(0)
        : throw new InvalidOperationException($"Silo {self.Name} is in no cluster: there are no other versions of its interfaces, and no rules about them.");

    public Task<Dictionary<SiloAddress, SiloStatus>> GetHosts(bool onlyActive = false) =>
        Task.FromResult(View is { } view ? Rows(view, onlyActive).ToDictionary(row => row.Silo, row => row.Status) : new() { [self.SiloAddress] = SiloStatus.Active });

    public Task<MembershipEntry[]> GetDetailedHosts(bool onlyActive = false) => Task.FromResult(View is { } view
        ? Rows(view, onlyActive).Select(row => Entry(row.Silo, row.Status, row.SiloName, row.HostName, row.GatewayPort)).ToArray()
        : [Entry(self.SiloAddress, SiloStatus.Active, self.Name, self.DnsHostName, self.GatewayAddress.Endpoint.Port)]);

    public Task ForceGarbageCollection(SiloAddress[] hostsIds) => All(hostsIds, static silo => silo.CollectGarbage());

    public Task ForceActivationCollection(TimeSpan ageLimit) => ForceActivationCollection([], ageLimit);

    public Task ForceActivationCollection(SiloAddress[] hostsIds, TimeSpan ageLimit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ageLimit, TimeSpan.Zero);
        return All(hostsIds, silo => silo.CollectActivations(ageLimit));
    }

    public Task ForceRuntimeStatisticsCollection(SiloAddress[] siloAddresses) => GetRuntimeStatistics(siloAddresses);

    public Task<SiloRuntimeStatistics[]> GetRuntimeStatistics(SiloAddress[] hostsIds) => All(hostsIds, static silo => silo.Measure());

    public Task<SimpleGrainStatistic[]> GetSimpleGrainStatistics() => GetSimpleGrainStatistics([]);

    public async Task<SimpleGrainStatistic[]> GetSimpleGrainStatistics(SiloAddress[] hostsIds) =>
        [.. (await All(hostsIds, static silo => silo.CountByClass())).SelectMany(static counted => counted)];

    public async Task<DetailedGrainStatistic[]> GetDetailedGrainStatistics(string[]? types = null, SiloAddress[]? hostsIds = null) =>
        [.. (await All(hostsIds, silo => silo.List(types))).SelectMany(static listed => listed)];

    public async Task<int> GetGrainActivationCount(GrainReference grainReference)
    {
        ArgumentNullException.ThrowIfNull(grainReference);
        var grain = grainReference.GrainId;
        return (await All([], silo => silo.Count(grain))).Sum();
    }

    public async Task<int> GetTotalActivationCount() => (await All([], static silo => silo.CountAll())).Sum();

    public Task<object?[]> SendControlCommandToProvider<T>(string providerName, int command, object? arg = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(providerName);
        return All([], silo => silo.Control(typeof(T).FullName!, providerName, command, arg));
    }

    public async ValueTask<SiloAddress?> GetActivationAddress(IAddressable reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        var grain = reference.GetGrainId();

        // Most grains live with their owner: one question is enough for them.
        if (location is not null && location.TryGetOwner(grain, out var owner) && await ControlOf(owner).Count(grain) > 0)
            return owner;
        var active = Chosen([]);
        var counts = await All(active, silo => silo.Count(grain));
        var index = Array.FindIndex(counts, static count => count > 0);
        return index < 0 ? null : active[index];
    }

    public async ValueTask<List<GrainId>> GetActiveGrains(GrainType type) =>
        [.. (await All([], silo => silo.ActiveGrains(type))).SelectMany(static grains => grains).Distinct()];

    public Task SetCompatibilityStrategy(CompatibilityStrategy? strategy) => Versions.SetCompatibility(null, versions!.NameOf(strategy));

    public Task SetCompatibilityStrategy(GrainInterfaceType interfaceType, CompatibilityStrategy? strategy) => Versions.SetCompatibility(NameOf(interfaceType), versions!.NameOf(strategy));

    public Task SetSelectorStrategy(VersionSelectorStrategy? strategy) => Versions.SetSelector(null, versions!.NameOf(strategy));

    public Task SetSelectorStrategy(GrainInterfaceType interfaceType, VersionSelectorStrategy? strategy) => Versions.SetSelector(NameOf(interfaceType), versions!.NameOf(strategy));

    private static string NameOf(GrainInterfaceType face) => face.IsDefault
        ? throw new ArgumentException("No interface is named. The method without an interface sets the rule for all.", nameof(face))
        : TypeNaming.OpenNameOf(face).ToString();

    private static ImmutableArray<MembershipRow> Rows(MembershipView view, bool onlyActive) => onlyActive ? view.Active : view.Rows;

    private static MembershipEntry Entry(SiloAddress silo, SiloStatus status, string name, string host, int gatewayPort) => new()
    {
        SiloAddress = silo,
        Status = status,
        SiloName = name,
        HostName = host,
        ProxyPort = gatewayPort,
        StartTime = GenerationEpoch.AddSeconds(silo.Generation),
    };

    private Task<TAnswer[]> All<TAnswer>(SiloAddress[]? hosts, Func<ISiloControl, ValueTask<TAnswer>> ask) =>
        Task.WhenAll(Chosen(hosts).Select(silo => ask(ControlOf(silo)).AsTask()));

    private Task All(SiloAddress[]? hosts, Func<ISiloControl, ValueTask> tell) =>
        Task.WhenAll(Chosen(hosts).Select(silo => tell(ControlOf(silo)).AsTask()));

    private ISiloControl ControlOf(SiloAddress silo) => silos.Of<ISiloControl>(silo, SiloControl.SystemTargetName);

    private SiloAddress[] Chosen(SiloAddress[]? hosts)
    {
        if (hosts is null or [])
            return View is { } all ? [.. all.Active.Select(row => row.Silo)] : [self.SiloAddress];
        foreach (var silo in hosts)
        {
            if (View is { } view ? view.Find(silo) is not { MayRunGrains: true } : !silo.Equals(self.SiloAddress))
            {
                throw new SiloUnavailableException(
                    $"Silo {silo} is not a member of the cluster{(View is { } now ? $" at view {now.Version}: {string.Join(", ", now.Rows.Select(row => $"{row.Silo} {row.Status}"))}" : "")}.");
            }
        }

        return hosts;
    }
}
