using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;
using Orleans.TestingHost;
using Orleans.Versions.Compatibility;
using Orleans.Versions.Selector;
using OrleansShop.Engine.TestingHost.Tests.Grains;
using Xunit;

namespace OrleansShop.Engine.TestingHost.Tests.Placement;

/// <summary>Rules about versions that are set while the cluster runs.</summary>
public sealed class VersionManagerTests
{
    [Fact]
    public async Task A_rule_that_was_set_holds_on_all_silos_when_the_call_returns_and_goes_with_null()
    {
        await using var cluster = await VersionedCluster.Start(4, static number => number < 2 ? 1 : 2);
        var silos = cluster.Silos.ToList();
        var (old, young) = (silos[..2], silos[2..]);
        Assert.Contains(await VersionedCluster.Answers(old[0], "set"), place => IsOn(place, young));

        await Management(cluster).SetCompatibilityStrategy(StrictVersionCompatible.Singleton);
        foreach (var caller in silos)
            Assert.All(await VersionedCluster.Answers(caller, "set"), place => Assert.True(IsOn(place, old) == old.Contains(caller)));

        await Management(cluster).SetCompatibilityStrategy(null);
        Assert.All(await VersionedCluster.Answers(young[0], "set"), place => Assert.True(IsOn(place, young)));
        Assert.All(await VersionedCluster.Answers(old[0], "set"), place => Assert.True(IsOn(place, young)));
    }

    [Fact]
    public async Task A_rule_for_one_interface_leaves_the_others_alone()
    {
        await using var cluster = await VersionedCluster.Start(4, static number => number < 2 ? 1 : 2);
        var silos = cluster.Silos.ToList();
        var old = silos[..2];

        await Management(cluster).SetSelectorStrategy(InterfaceOf(cluster.Client.GetGrain<IVersionedGrain>("any")), MinimumVersion.Singleton);

        Assert.All(await VersionedCluster.Answers(old[0], "one"), place => Assert.True(IsOn(place, old)));
        var others = await Task.WhenAll(Enumerable.Range(0, VersionedCluster.Grains)
            .Select(i => VersionedCluster.Factory(old[0]).GetGrain<ISecondVersionedGrain>($"one-{i}").Where()));
        Assert.Contains(others, place => IsOn(place, silos[2..]));
    }

    [Fact]
    public async Task A_rule_for_one_interface_comes_before_the_one_for_all()
    {
        await using var cluster = await VersionedCluster.Start(4, static number => number < 2 ? 1 : 2);
        var silos = cluster.Silos.ToList();

        await Management(cluster).SetSelectorStrategy(LatestVersion.Singleton);
        await Management(cluster).SetSelectorStrategy(InterfaceOf(cluster.Client.GetGrain<IVersionedGrain>("any")), MinimumVersion.Singleton);
        Assert.All(await VersionedCluster.Answers(silos[0], "before"), place => Assert.True(IsOn(place, silos[..2])));

        await Management(cluster).SetSelectorStrategy(InterfaceOf(cluster.Client.GetGrain<IVersionedGrain>("any")), null);
        Assert.All(await VersionedCluster.Answers(silos[0], "after"), place => Assert.True(IsOn(place, silos[2..])));
    }

    [Fact]
    public async Task Silos_that_come_later_know_what_was_set_also_when_those_that_were_told_have_gone()
    {
        await using var cluster = await VersionedCluster.Start(2, static number => number % 2 == 0 ? 1 : 2);
        var first = cluster.Silos.ToList();
        await Management(cluster).SetCompatibilityStrategy(StrictVersionCompatible.Singleton);

        var later = await cluster.StartSilosAsync(2);
        foreach (var silo in first)
            await cluster.StopSiloAsync(silo);

        foreach (var caller in later)
            Assert.All(await VersionedCluster.Answers(caller, "later"), place => Assert.Equal(caller.SiloAddress, place));

        // The grain that changes rules has gone with its silo: the next one knows what it knew.
        await Management(later[0]).SetSelectorStrategy(LatestVersion.Singleton);
        foreach (var caller in later)
            Assert.All(await VersionedCluster.Answers(caller, "latest"), place => Assert.Equal(caller.SiloAddress, place));
    }

    [Fact]
    public async Task What_was_set_outlives_the_cluster_in_the_storage_for_it()
    {
        var kept = new ConcurrentDictionary<string, BinaryData>();
        await using var cluster = await VersionedCluster.Start(2, static number => number % 2 == 0 ? 1 : 2, silo =>
            silo.Services.AddKeyedSingleton<IGrainStorage>("VersionStore", (services, _) => new KeptStorage(kept, services.GetRequiredService<IGrainStorageSerializer>())));
        await Management(cluster).SetCompatibilityStrategy(AllVersionsCompatible.Singleton);
        await Management(cluster).SetCompatibilityStrategy(InterfaceOf(cluster.Client.GetGrain<IVersionedGrain>("any")), StrictVersionCompatible.Singleton);
        await Management(cluster).SetSelectorStrategy(MinimumVersion.Singleton);
        await cluster.StopSilosAsync();

        var later = await cluster.StartSilosAsync(2);
        foreach (var caller in later)
        {
            Assert.All(await VersionedCluster.Answers(caller, "stored"), place => Assert.Equal(caller.SiloAddress, place));
            var other = await Task.WhenAll(Enumerable.Range(0, VersionedCluster.Grains).Select(i => VersionedCluster.Factory(caller).GetGrain<ISecondVersionedGrain>($"stored-{i}").Where()));
            Assert.Single(other.Distinct());
        }
    }

    [Fact]
    public async Task Without_a_storage_nothing_outlives_the_cluster()
    {
        await using var cluster = await VersionedCluster.Start(2, static number => number % 2 == 0 ? 1 : 2);
        await Management(cluster).SetCompatibilityStrategy(StrictVersionCompatible.Singleton);
        await cluster.StopSilosAsync();

        var later = await cluster.StartSilosAsync(2);

        var old = Assert.Single(later, silo => silo.Name.EndsWith('2'));
        Assert.Contains(await VersionedCluster.Answers(old, "gone"), place => !place.Equals(old.SiloAddress));
    }

    [Fact]
    public async Task A_rule_of_the_application_is_asked()
    {
        await using var cluster = await VersionedCluster.Start(4, static number => number < 2 ? 1 : 2, static silo =>
        {
            silo.Services.AddKeyedSingleton<CompatibilityStrategy>(nameof(ForwardCompatible), new ForwardCompatible());
            silo.Services.AddKeyedSingleton<ICompatibilityDirector, ForwardCompatibleDirector>(typeof(ForwardCompatible));
            silo.Services.AddKeyedSingleton<VersionSelectorStrategy>(nameof(OwnVersion), new OwnVersion());
            silo.Services.AddKeyedSingleton<IVersionSelector, OwnVersionSelector>(typeof(OwnVersion));
        });
        var silos = cluster.Silos.ToList();

        await Management(cluster).SetCompatibilityStrategy(new ForwardCompatible());
        Assert.All(await VersionedCluster.Answers(silos[0], "forward"), place => Assert.True(IsOn(place, silos[..2])));
        Assert.Contains(await VersionedCluster.Answers(silos[3], "forward-young"), place => IsOn(place, silos[..2]));

        await Management(cluster).SetSelectorStrategy(new OwnVersion());
        Assert.All(await VersionedCluster.Answers(silos[3], "own"), place => Assert.True(IsOn(place, silos[2..])));
    }

    [Fact]
    public async Task A_rule_that_is_not_registered_is_refused_and_changes_nothing()
    {
        await using var cluster = await VersionedCluster.Start(2, static number => number == 0 ? 1 : 2);

        var refusal = await Assert.ThrowsAsync<ArgumentException>(() => Management(cluster).SetCompatibilityStrategy(new ForwardCompatible()));
        Assert.Contains(nameof(ForwardCompatible), refusal.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(BackwardCompatible), refusal.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => Management(cluster).SetSelectorStrategy(default, LatestVersion.Singleton));

        Assert.All(await VersionedCluster.Answers(cluster.Silos[1], "refused"), place => Assert.Equal(cluster.Silos[1].SiloAddress, place));
    }

    [Fact]
    public async Task Whoever_gives_up_before_does_not_change_a_rule()
    {
        await using var cluster = await VersionedCluster.Start(2, static number => number == 0 ? 1 : 2);
        var silos = cluster.Silos.ToList();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Management(cluster).SetCompatibilityStrategy(AllVersionsCompatible.Singleton, new CancellationToken(canceled: true)));
        Assert.All(await VersionedCluster.Answers(silos[1], "given-up"), place => Assert.Equal(silos[1].SiloAddress, place));

        await Management(cluster).SetCompatibilityStrategy(AllVersionsCompatible.Singleton, CancellationToken.None);
        Assert.Contains(await VersionedCluster.Answers(silos[1], "not-given-up"), place => place.Equals(silos[0].SiloAddress));
    }

    [Fact]
    public async Task Versions_of_generic_interfaces_count_too()
    {
        await using var cluster = await VersionedCluster.Start(2, static _ => 2);
        await Management(cluster).SetSelectorStrategy(InterfaceOf(cluster.Client.GetGrain<IVersionedGenericGrain<int>>("any")), LatestVersion.Singleton);

        for (var i = 0; i < VersionedCluster.Grains; i++)
            Assert.Equal(i, await cluster.Client.GetGrain<IVersionedGenericGrain<int>>($"generic-{i}").Return(i));
    }

    private static bool IsOn(SiloAddress place, IEnumerable<InProcessSiloHandle> silos) => silos.Any(silo => silo.SiloAddress.Equals(place));

    private static IManagementGrain Management(InProcessTestCluster cluster) => cluster.Client.GetGrain<IManagementGrain>(0);

    private static IManagementGrain Management(InProcessSiloHandle silo) => VersionedCluster.Factory(silo).GetGrain<IManagementGrain>(0);

    private static GrainInterfaceType InterfaceOf(IAddressable grain) => ((GrainReference)grain).InterfaceType;
}

/// <summary>Later callers are answered by earlier versions, not the other way round.</summary>
[GenerateSerializer]
public sealed class ForwardCompatible : CompatibilityStrategy;

public sealed class ForwardCompatibleDirector : ICompatibilityDirector
{
    public bool IsCompatible(ushort requestedVersion, ushort currentVersion) => currentVersion <= requestedVersion;
}

/// <summary>The caller's own version, if there is one.</summary>
[GenerateSerializer]
public sealed class OwnVersion : VersionSelectorStrategy;

public sealed class OwnVersionSelector : IVersionSelector
{
    public ushort[] GetSuitableVersion(ushort requestedVersion, ushort[] availableVersions, ICompatibilityDirector compatibilityDirector) =>
        availableVersions.Contains(requestedVersion) ? [requestedVersion] : Array.FindAll(availableVersions, version => compatibilityDirector.IsCompatible(requestedVersion, version));
}
