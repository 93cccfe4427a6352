using Orleans.TestingHost;
using Xunit;

namespace OrleansShop.Engine.TestingHost.Tests.FirstGrain;

public sealed class CartTests : IAsyncLifetime
{
    private readonly InProcessTestCluster _cluster;

    public CartTests()
    {
        var builder = new InProcessTestClusterBuilder(3);
        builder.ConfigureSilo((_, silo) => silo.AddMemoryGrainStorage("carts"));
        _cluster = builder.Build();
    }

    public async ValueTask InitializeAsync() => await _cluster.DeployAsync();

    public async ValueTask DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task Articles_add_up()
    {
        var cart = _cluster.Client.GetGrain<ICart>("ada");
        await cart.Add("tea", 1);
        Assert.Equal(3, await cart.Add("tea", 2));
    }

    [Fact]
    public async Task A_cart_outlives_the_silo_that_it_was_on()
    {
        var cart = _cluster.Client.GetGrain<ICart>("ada");
        await cart.Add("tea", 1);

        _cluster.TryGetGrainContext(cart.GetGrainId(), out var context);
        await _cluster.StopSiloAsync(_cluster.GetSiloForAddress(context!.Address.SiloAddress!)!);

        Assert.Equal(1, (await cart.Content())["tea"]);
    }

    [Fact]
    public async Task A_mistake_comes_back_as_the_exception_that_it_is()
    {
        var cart = _cluster.Client.GetGrain<ICart>("ada");
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => cart.Add("tea", 0));
    }
}
