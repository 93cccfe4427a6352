using Orleans.TestingHost;
using OrleansShop.Engine.TestingHost.Tests.Grains;
using Xunit;

namespace OrleansShop.Engine.TestingHost.Tests;

public sealed class FaultInjectionTests
{
    [Fact]
    public async Task A_write_fails_with_the_fault_that_a_test_asks_for_and_the_next_one_does_not()
    {
        await using var cluster = Cluster();
        await cluster.DeployAsync();
        var note = cluster.Client.GetGrain<INoteGrain>(1);
        var faults = cluster.Client.GetGrain<IStorageFaultGrain>("notes");
        await faults.AddFaultOnWrite(note.GetGrainId(), new RandomlyInjectedStorageException());

        await Assert.ThrowsAsync<RandomlyInjectedStorageException>(() => note.Write("lost"));
        await note.Write("kept");

        Assert.Equal("kept", await note.Read());
    }

    [Fact]
    public async Task Reads_and_clearings_fail_too_and_only_those_of_the_grain_that_is_named()
    {
        await using var cluster = Cluster();
        await cluster.DeployAsync();
        var (note, other) = (cluster.Client.GetGrain<INoteGrain>(1), cluster.Client.GetGrain<INoteGrain>(2));
        await note.Write("kept");
        var faults = cluster.Client.GetGrain<IStorageFaultGrain>("notes");
        await faults.AddFaultOnRead(note.GetGrainId(), new InvalidOperationException("no read"));
        await faults.AddFaultOnClear(note.GetGrainId(), new InvalidOperationException("no clear"));

        await other.Clear();
        Assert.Equal("", await other.Read());
        Assert.Equal("no clear", (await Assert.ThrowsAsync<InvalidOperationException>(note.Clear)).Message);
        Assert.Equal("no read", (await Assert.ThrowsAsync<InvalidOperationException>(note.Read)).Message);
        Assert.Equal("kept", await note.Read());
    }

    [Fact]
    public async Task A_lost_race_that_is_injected_ends_the_activation_as_a_real_one_does()
    {
        await using var cluster = Cluster();
        await cluster.DeployAsync();
        var note = cluster.Client.GetGrain<INoteGrain>(1);
        await note.Write("kept");
        Assert.True(cluster.TryGetGrainContext(note.GetGrainId(), out var before));
        await cluster.Client.GetGrain<IStorageFaultGrain>("notes").AddFaultOnWrite(note.GetGrainId(), new RandomlyInjectedInconsistentStateException());

        await Assert.ThrowsAsync<RandomlyInjectedInconsistentStateException>(() => note.Write("lost"));

        await before.Deactivated.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.Equal("kept", await note.Read());
    }

    private static InProcessTestCluster Cluster()
    {
        var builder = new InProcessTestClusterBuilder(2);
        builder.ConfigureSilo((_, silo) => silo.AddFaultInjectionMemoryStorage("notes", memory => { }, faults => faults.Latency = TimeSpan.Zero));
        return builder.Build();
    }
}
