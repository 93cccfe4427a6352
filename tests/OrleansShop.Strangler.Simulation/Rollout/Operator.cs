using OrleansShop.Strangler.Ownership;
using OrleansShop.Strangler.Phases;
using OrleansShop.Strangler.Simulation.Grains;
using OrleansShop.Strangler.Simulation.Scheduling;

namespace OrleansShop.Strangler.Simulation.Rollout;

/// <summary>Orders phases forward and back at random, between neighbours, announces them to the ledger, and sweeps.</summary>
internal sealed class Operator(World world) : Process(world, "operator")
{
    public async Task RunAsync(long until)
    {
        while (World.Scheduler.Now < until)
        {
            await World.Scheduler.DelayAsync(World.Scheduler.Between(100, 1500));
            var (phase, percent) = Next(World.Capability.Status);
            await OrderAsync(phase, percent);
        }
    }

    public async Task OrderAsync(CapabilityPhase phase, int percent)
    {
        World.Enter(new Capability(phase, percent, World.Capability.Epoch + 1, World.Capability.HasLedger || phase != CapabilityPhase.Monolith));
        var epoch = World.Capability.Epoch;
        while (!await AnnouncedAsync(epoch, phase)) await SweepOnceAsync();
        World.Enter(World.Capability.WithLedger(phase != CapabilityPhase.Monolith));
    }

    public async Task SweepAsync(long until)
    {
        while (World.Scheduler.Now < until)
        {
            await World.Scheduler.DelayAsync(World.Scheduler.Between(50, 300));
            await SweepOnceAsync();
        }
    }

    /// <summary>Has every entity placed that is not where it is to be.</summary>
    public async Task SweepOnceAsync()
    {
        var capability = World.Capability;
        foreach (var owner in new[] { EntityOwner.Monolith, EntityOwner.Grains })
        {
            try
            {
                var entities = await AskAsync($"list {owner}", World.Bridge, () => World.Database.List(owner));
                await Task.WhenAll(entities.Where(entity => capability.WantedOwner(entity) != owner).Select(entity => World.CallGrainAsync(this, entity, new GrainRequest.Place(capability.Epoch))));
            }
            catch (UnavailableException)
            {
                // The next round tries again.
            }
        }
    }

    public async Task CatchUpAsync(long until)
    {
        while (World.Scheduler.Now < until)
        {
            await World.Scheduler.DelayAsync(World.Scheduler.Between(100, 500));
            await CatchUpOnceAsync();
        }
    }

    /// <summary>Has everything applied that was acknowledged before the monolith had it.</summary>
    public async Task CatchUpOnceAsync() => await Task.WhenAll(World.Store.Behind.ToList().Select(entity => World.CallGrainAsync(this, entity, new GrainRequest.Settle())));

    private async Task<bool> AnnouncedAsync(long epoch, CapabilityPhase phase)
    {
        try
        {
            var (fence, takes) = (phase != CapabilityPhase.Monolith, phase is CapabilityPhase.Canary or CapabilityPhase.Grains);
            await AskAsync($"announce {phase} in epoch {epoch}", World.Bridge, () => World.Database.Announce(epoch, fence, takes));
            return true;
        }
        catch (Exception failure) when (failure is UnavailableException or RefusedException)
        {
            return false;
        }
    }

    private (CapabilityPhase Phase, int Percent) Next(CapabilityStatus status)
    {
        var forward = World.Scheduler.Chance(0.5);
        return status.Phase switch
        {
            CapabilityPhase.Monolith => (CapabilityPhase.Shadow, 0),
            CapabilityPhase.Shadow => forward ? (CapabilityPhase.Canary, Share()) : (CapabilityPhase.Monolith, 0),
            CapabilityPhase.Canary when World.Scheduler.Chance(0.4) => (CapabilityPhase.Canary, Share()),
            CapabilityPhase.Canary => forward ? (CapabilityPhase.Grains, 0) : (CapabilityPhase.Shadow, 0),
            _ => (CapabilityPhase.Canary, Share()),
        };
    }

    private int Share() => World.Scheduler.Random.Next(5) switch { 0 => 0, 1 => 100, _ => World.Scheduler.Random.Next(101) };
}
