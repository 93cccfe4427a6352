using OrleansShop.Strangler.Phases;
using OrleansShop.Strangler.Phases.Orders;
using Xunit;

namespace OrleansShop.Strangler.Tests.Phases;

public sealed class CapabilityGrainTests : IAsyncLifetime
{
    private static readonly CapabilityOrder Shadow = new(OrderKind.Shadow, "jo", "here");

    private readonly StoredRecords _storage = new();
    private CapabilitySilo _silo = null!;

    private ICapabilityGrain Grain => _silo.Grain;

    public async ValueTask InitializeAsync() => _silo = await CapabilitySilo.StartAsync(_storage);

    public ValueTask DisposeAsync() => _silo.DisposeAsync();

    [Fact]
    public async Task A_capability_that_never_had_an_order_is_in_the_monolith()
    {
        Assert.Equal(new CapabilityStatus("books", CapabilityPhase.Monolith, 0, null, null), await Grain.GetAsync());
        Assert.Empty(await Grain.GetHistoryAsync());
    }

    [Fact]
    public async Task An_order_survives_the_silo()
    {
        await Grain.OrderAsync(Shadow);
        await _silo.DisposeAsync();
        _silo = await CapabilitySilo.StartAsync(_storage);

        var status = await Grain.GetAsync();
        Assert.Equal((CapabilityPhase.Shadow, 1L, "jo"), (status.Phase, status.Epoch, status.By));
        Assert.Equal(Shadow, Assert.Single(await Grain.GetHistoryAsync()).Order.Order);
    }

    [Fact]
    public async Task An_order_that_changes_nothing_is_not_stored()
    {
        Assert.Equal(OrderResult.Unchanged, (await Grain.OrderAsync(Shadow with { Kind = OrderKind.Rollback })).Result);
        Assert.Equal(0, _storage.Writes);
    }

    [Fact]
    public async Task A_phase_that_could_not_be_stored_is_not_told()
    {
        _storage.FailNextWrite();

        await Assert.ThrowsAnyAsync<Exception>(() => Grain.OrderAsync(Shadow));

        Assert.Equal(CapabilityPhase.Monolith, (await Grain.GetAsync()).Phase);
        Assert.Equal(CapabilityPhase.Shadow, (await Grain.OrderAsync(Shadow)).Status.Phase);
    }
}
