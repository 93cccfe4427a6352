using System.Collections.Concurrent;
using Orleans.Runtime.Placement;

namespace OrleansShop.Engine.TestingHost.Tests.Grains;

public interface IMovingGrain : IGrainWithStringKey
{
    /// <summary>Counts in storage and in memory, and says where.</summary>
    Task<Counted> Count();

    Task<Counted> Look();

    Task Move(SiloAddress? target);

    Task FailNextTime(bool inDehydrate);
}

[GenerateSerializer]
public sealed record Counted([property: Id(0)] int Stored, [property: Id(1)] int InMemory, [property: Id(2)] SiloAddress Silo);

[GenerateSerializer]
public sealed class StoredCount
{
    [Id(0)]
    public int Value { get; set; }
}

[Orleans.Placement.Immovable]
public sealed class MovingGrain([PersistentState("count")] IPersistentState<StoredCount> stored, ILocalSiloDetails silo) : Grain, IMovingGrain, IGrainMigrationParticipant
{
    private int _inMemory;
    private bool _failsToDehydrate;
    private bool _failsToRehydrate;

    /// <summary>Why activations of each grain went.</summary>
    public static ConcurrentDictionary<string, ConcurrentQueue<DeactivationReasonCode>> Reasons { get; } = new();

    public async Task<Counted> Count()
    {
        // Not in one stretch: a second activation, or a turn cut off in the middle, would show.
        var before = _inMemory;
        stored.State.Value++;
        await stored.WriteStateAsync();
        _inMemory = before + 1;
        return await Look();
    }

    public Task<Counted> Look() => Task.FromResult(new Counted(stored.State.Value, _inMemory, silo.SiloAddress));

    public Task Move(SiloAddress? target)
    {
        if (target is not null)
            RequestContext.Set(IPlacementDirector.PlacementHintKey, target);
        MigrateOnIdle();
        return Task.CompletedTask;
    }

    public Task FailNextTime(bool inDehydrate)
    {
        (_failsToDehydrate, _failsToRehydrate) = (inDehydrate, !inDehydrate);
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Reasons.GetOrAdd(this.GetPrimaryKeyString(), _ => new()).Enqueue(reason.ReasonCode);
        return Task.CompletedTask;
    }

    public void OnDehydrate(IDehydrationContext dehydrationContext)
    {
        if (_failsToDehydrate)
            throw new InvalidOperationException("It cannot be dehydrated.");
        Assert(dehydrationContext.TryAddValue("count", _inMemory));
        Assert(dehydrationContext.TryAddValue("fails", _failsToRehydrate));
        dehydrationContext.AddBytes("bytes", [1, 2, 3]);
    }

    public void OnRehydrate(IRehydrationContext rehydrationContext)
    {
        Assert(rehydrationContext.TryGetValue("count", out _inMemory));
        Assert(rehydrationContext.TryGetBytes("bytes", out var bytes) && bytes.Length == 3);
        Assert(!rehydrationContext.TryGetValue<string>("nothing", out _));
        Assert(rehydrationContext.TryGetValue("fails", out bool fails));
        if (fails)
            throw new InvalidOperationException("It cannot be rehydrated.");
    }

    private static void Assert(bool holds)
    {
        if (!holds)
            throw new InvalidOperationException("The migration context is not as it should be.");
    }
}
