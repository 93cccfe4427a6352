using Orleans.Placement;
using Orleans.Runtime.Placement;

namespace OrleansShop.Engine.TestingHost.Tests.Grains;

public interface IPlacedGrain : IGrainWithStringKey
{
    Task<SiloAddress> Where();

    Task<int> Count();

    Task Leave();

    Task Move();

    Task MoveTo(SiloAddress target);
}

public interface ILocalGrain : IPlacedGrain;

public interface IRoleGrain : IPlacedGrain;

public interface IDirectedGrain : IPlacedGrain;

/// <summary>Calls a placed grain from where it is itself.</summary>
public interface ICallerGrain : IGrainWithIntegerKey
{
    Task<(SiloAddress Caller, SiloAddress Callee)> Ask(string key);
}

public abstract class PlacedGrain(ILocalSiloDetails silo) : Grain, IPlacedGrain
{
    private int _count;

    public Task<SiloAddress> Where() => Task.FromResult(silo.SiloAddress);

    public Task<int> Count() => Task.FromResult(++_count);

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task Move()
    {
        MigrateOnIdle();
        return Task.CompletedTask;
    }

    public Task MoveTo(SiloAddress target)
    {
        RequestContext.Set(IPlacementDirector.PlacementHintKey, target);
        MigrateOnIdle();
        return Task.CompletedTask;
    }
}

[PreferLocalPlacement]
public sealed class LocalGrain(ILocalSiloDetails silo) : PlacedGrain(silo), ILocalGrain;

[SiloRoleBasedPlacement]
public sealed class RoleGrain(ILocalSiloDetails silo) : PlacedGrain(silo), IRoleGrain;

/// <summary>Placed by a director of the test.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ByNamePlacementAttribute() : PlacementAttribute(new ByNamePlacement());

public sealed class ByNamePlacement : PlacementStrategy;

[ByNamePlacement]
public sealed class DirectedGrain(ILocalSiloDetails silo) : PlacedGrain(silo), IDirectedGrain;

/// <summary>Reads the number of a silo, in address order, from the end of the key; fails for a key that ends otherwise.</summary>
public sealed class ByNameDirector : IPlacementDirector
{
    public async Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        await Task.Yield();
        var key = target.GrainIdentity.Key.ToString()!;
        return context.GetCompatibleSilos(target).Order().ElementAt(int.Parse(key[^1..], System.Globalization.CultureInfo.InvariantCulture));
    }
}

public sealed class CallerGrain(ILocalSiloDetails silo) : Grain, ICallerGrain
{
    public async Task<(SiloAddress Caller, SiloAddress Callee)> Ask(string key) =>
        (silo.SiloAddress, await GrainFactory.GetGrain<ILocalGrain>(key).Where());
}
