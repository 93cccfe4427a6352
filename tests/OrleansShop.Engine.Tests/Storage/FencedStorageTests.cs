using Microsoft.Extensions.Options;
using Orleans.Serialization;
using Orleans.Storage;
using OrleansShop.Engine.Storage;
using OrleansShop.Engine.Tests.Membership;
using Xunit;

namespace OrleansShop.Engine.Tests.Storage;

public sealed class FencedStorageTests : FencedStorageContract
{
    private readonly MemoryStore _store = MemoryStore.OfNobody();

    [Fact]
    public void The_number_of_a_fence_is_the_view_and_a_dead_silo_has_none()
    {
        var view = new OrleansShop.Engine.Membership.MembershipView(9, [Rows.Row(1), Rows.Row(2, SiloStatus.Dead)]) { LastCrash = 7, History = "now" };

        Assert.Equal(Of(9, 7), Fences.Of(view, Rows.Silo(1)));
        Assert.Equal(Of(0, 7), Fences.Of(view, Rows.Silo(2)));
    }

    [Fact]
    public void A_fence_without_a_history_is_that_of_a_silo_that_is_alone()
    {
        Assert.Equal(default, new Fence(0, 0));
        Assert.Equal(default, new Fence(0, 0) { History = "" });
        Assert.Equal("", default(Fence).History);
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private protected override ValueTask<IFencedGrainStorage> OpenAsync(bool deleteStateOnClear) => ValueTask.FromResult<IFencedGrainStorage>(new MemoryGrainStorage(
        "test", _store, new SystemTextJsonGrainStorageSerializer(Options.Create(new SystemTextJsonGrainStorageSerializerOptions())), new StateActivators()));
}
