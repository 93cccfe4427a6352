using Orleans.TestingHost;
using OrleansShop.Engine.Tests.Client;
using Xunit;

namespace OrleansShop.Engine.Tests.Calls;

/// <summary>How many items a batch of a sequence has when caller and grain do not share a process.</summary>
public sealed class SequenceAcrossSilosTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(250)]
    public async Task The_first_batch_has_the_size_that_a_client_asks_for(int size)
    {
        await using var cluster = new TestClusterBuilder(2).Build();
        await cluster.DeployAsync();
        for (var key = 0; key < 4; key++) await ReadFirst(cluster.Client.GetGrain<ISequenceGrain>(key), size);
    }

    [Fact]
    public async Task The_size_goes_over_tcp_from_a_client_and_from_a_silo()
    {
        await using var hosts = new TcpHosts();
        var one = await hosts.StartSilo();
        await hosts.StartSilo();
        var client = await hosts.StartClient();
        for (var key = 0; key < 8; key++)
        {
            await ReadFirst(TcpHosts.Grains(client).GetGrain<ISequenceGrain>(key), size: 7);
            await ReadFirst(TcpHosts.Grains(one).GetGrain<ISequenceGrain>(key + 100), size: 7);
        }
    }

    [Fact]
    public async Task Without_a_size_the_first_batch_has_a_hundred_items()
    {
        await using var cluster = new TestClusterBuilder(2).Build();
        await cluster.DeployAsync();
        var grain = cluster.Client.GetGrain<ISequenceGrain>(1);
        await using var enumerator = grain.Count(1_000).GetAsyncEnumerator();
        Assert.True(await enumerator.MoveNextAsync());
        Assert.InRange(await grain.Produced(), 100, 101);
    }

    // The grain is one step ahead at most: it has to know whether the batch is the last.
    private static async Task ReadFirst(ISequenceGrain grain, int size)
    {
        await using var enumerator = grain.Count(1_000).WithBatchSize(size).GetAsyncEnumerator();
        Assert.True(await enumerator.MoveNextAsync());
        Assert.InRange(await grain.Produced(), size, size + 1);
    }
}
