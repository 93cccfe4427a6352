using Orleans.Storage;
using OrleansShop.Engine.Storage;
using OrleansShop.Engine.Tests.Membership;
using Xunit;

namespace OrleansShop.Engine.Tests.Storage;

public sealed class FencedStorageTests
{
    private static readonly GrainId s_grain = GrainId.Create("counter", "1");

    private readonly IFencedGrainStorage _storage = new MemoryGrainStorage("test", MemoryStore.OfNobody(), new NumberSerializer(), new StateActivators());

    [Fact]
    public async Task A_write_of_a_silo_that_has_died_is_refused_once_its_successor_has_read()
    {
        var old = new GrainState<int>();
        await _storage.ReadStateAsync("state", s_grain, old, new Fence(3, 0), default);
        old.State = 1;
        await _storage.WriteStateAsync("state", s_grain, old, new Fence(3, 0), default);

        var next = new GrainState<int>();
        await _storage.ReadStateAsync("state", s_grain, next, new Fence(8, 7), default);
        Assert.Equal((1, old.ETag), (next.State, next.ETag));

        old.State = 2;
        var refusal = await Assert.ThrowsAsync<InconsistentStateException>(() => _storage.WriteStateAsync("state", s_grain, old, new Fence(3, 0), default));
        Assert.Contains("fence 8", refusal.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InconsistentStateException>(() => _storage.ClearStateAsync("state", s_grain, old, new Fence(3, 0), default));

        next.State = 10;
        await _storage.WriteStateAsync("state", s_grain, next, new Fence(8, 7), default);
        Assert.Equal(10, await Read());
    }

    [Fact]
    public async Task A_first_write_of_a_silo_that_has_died_is_refused_too()
    {
        var old = new GrainState<int>();
        await _storage.ReadStateAsync("state", s_grain, old, new Fence(3, 0), default);
        var next = new GrainState<int>();
        await _storage.ReadStateAsync("state", s_grain, next, new Fence(8, 7), default);
        Assert.Equal((false, null), (next.RecordExists, next.ETag));

        await Assert.ThrowsAsync<InconsistentStateException>(() => _storage.WriteStateAsync("state", s_grain, old, new Fence(3, 0), default));

        next.State = 10;
        await _storage.WriteStateAsync("state", s_grain, next, new Fence(8, 7), default);
        Assert.Equal(10, await Read());
    }

    [Fact]
    public async Task Where_nobody_has_died_since_the_last_write_a_read_raises_nothing()
    {
        var old = new GrainState<int>();
        await _storage.ReadStateAsync("state", s_grain, old, new Fence(8, 7), default);
        await _storage.WriteStateAsync("state", s_grain, old, new Fence(8, 7), default);
        await _storage.ReadStateAsync("state", s_grain, new GrainState<int>(), new Fence(9, 7), default);

        await _storage.WriteStateAsync("state", s_grain, old, new Fence(8, 7), default);
    }

    [Fact]
    public void The_number_of_a_fence_is_the_view_and_a_dead_silo_has_none()
    {
        var view = new OrleansShop.Engine.Membership.MembershipView(9, [Rows.Row(1), Rows.Row(2, SiloStatus.Dead)]) { LastCrash = 7 };

        Assert.Equal(new Fence(9, 7), Fences.Of(view, Rows.Silo(1)));
        Assert.Equal(new Fence(0, 7), Fences.Of(view, Rows.Silo(2)));
    }

    private async Task<int> Read()
    {
        var state = new GrainState<int>();
        await _storage.ReadStateAsync("state", s_grain, state, CancellationToken.None);
        return state.State;
    }

    private sealed class NumberSerializer : IGrainStorageSerializer
    {
        public BinaryData Serialize<T>(T? input) => BinaryData.FromString(System.Text.Json.JsonSerializer.Serialize(input));

        public T Deserialize<T>(BinaryData input) => System.Text.Json.JsonSerializer.Deserialize<T>(input.ToString())!;
    }
}
