using Orleans.Configuration;
using Orleans.TestingHost;
using Orleans.Versions.Compatibility;
using Orleans.Versions.Selector;
using OrleansShop.Engine.TestingHost.Tests.Grains;
using Xunit;

namespace OrleansShop.Engine.TestingHost.Tests.Placement;

/// <summary>Silos of one cluster that have different versions of a grain interface.</summary>
public sealed class VersionTests
{
    [Fact]
    public async Task Through_a_rolling_upgrade_calls_of_both_versions_are_answered()
    {
        var first = 2;
        await using var cluster = await VersionedCluster.Start(2, number => number < Volatile.Read(ref first) ? 1 : 2);
        var old = cluster.Silos.ToList();
        await EachIsAnswered(cluster, old[0], "up");

        await cluster.StartAdditionalSiloAsync();
        await cluster.StartAdditionalSiloAsync();
        await cluster.WaitForLivenessToStabilizeAsync();
        var young = cluster.Silos.Except(old).ToList();
        await Task.WhenAll(EachIsAnswered(cluster, old[0], "up"), EachIsAnswered(cluster, young[0], "up"), EachIsAnswered(cluster, young[1], "up"));
        foreach (var silo in young)
            Assert.All(await VersionedCluster.Answers(silo, "up"), place => Assert.Contains(place, young.Select(other => other.SiloAddress)));

        // A method that the owner of most grains does not have.
        RequestContext.Set("word", "along");
        for (var i = 0; i < VersionedCluster.Grains; i++)
        {
            var answer = await VersionedCluster.Factory(young[0]).GetGrain<IVersionedGrain>($"up-{i}").NewInTwo("ab", 3);
            Assert.EndsWith("ababab along", answer, StringComparison.Ordinal);
        }

        RequestContext.Clear();
        Assert.Contains(VersionedGrain.Reasons, entry => entry.Key.StartsWith("up-", StringComparison.Ordinal) && entry.Value.Contains(DeactivationReasonCode.IncompatibleRequest));

        foreach (var silo in old)
            await cluster.StopSiloAsync(silo);
        await EachIsAnswered(cluster, young[1], "up");
    }

    [Fact]
    public async Task Strict_versions_are_answered_by_their_own_only()
    {
        await using var cluster = await VersionedCluster.Start(4, static number => number < 2 ? 1 : 2, silo => silo.Configure<GrainVersioningOptions>(options => options.DefaultCompatibilityStrategy = nameof(StrictVersionCompatible)));
        var silos = cluster.Silos.ToList();

        foreach (var caller in silos)
        {
            var same = silos.Where(silo => silos.IndexOf(silo) / 2 == silos.IndexOf(caller) / 2).Select(silo => silo.SiloAddress).ToList();
            Assert.All(await VersionedCluster.Answers(caller, "strict"), place => Assert.Contains(place, same));
        }
    }

    [Theory]
    [InlineData(nameof(LatestVersion), 2)]
    [InlineData(nameof(MinimumVersion), 1)]
    public async Task A_new_activation_has_the_version_that_the_selector_says(string selector, int version)
    {
        await using var cluster = await VersionedCluster.Start(4, static number => number < 2 ? 1 : 2, silo => silo.Configure<GrainVersioningOptions>(options => options.DefaultVersionSelectorStrategy = selector));
        var silos = cluster.Silos.ToList();
        var expected = silos.Where(silo => (silos.IndexOf(silo) < 2 ? 1 : 2) == version).Select(silo => silo.SiloAddress).ToList();

        Assert.All(await VersionedCluster.Answers(silos[0], selector), place => Assert.Contains(place, expected));
    }

    [Fact]
    public async Task A_call_that_no_version_answers_fails_and_says_which_there_are()
    {
        await using var cluster = await VersionedCluster.Start(2, static _ => 1);

        var failure = await Assert.ThrowsAsync<OrleansMessageRejectionException>(() => cluster.Client.GetGrain<IVersionedGrain>("none").Where());

        Assert.Contains(nameof(IVersionedGrain), failure.Message, StringComparison.Ordinal);
        Assert.Contains("version 2", failure.Message, StringComparison.Ordinal);
        Assert.All(cluster.Silos, silo => Assert.Contains($"{silo.SiloAddress} with version 1", failure.Message, StringComparison.Ordinal));
    }

    private static async Task EachIsAnswered(InProcessTestCluster cluster, InProcessSiloHandle caller, string test)
    {
        var living = cluster.Silos.Select(silo => silo.SiloAddress).ToList();
        Assert.All(await VersionedCluster.Answers(caller, test), place => Assert.Contains(place, living));
    }
}
