using OrleansShop.Strangler.Simulation.Monolith;
using OrleansShop.Strangler.Simulation.Rollout;
using OrleansShop.Strangler.Simulation.Scheduling;

namespace OrleansShop.Strangler.Simulation.Grains;

/// <summary>A process of the service: the activations of some grains, and what it knows of the capability, up to a second old.</summary>
internal sealed class SimulatedSilo(World world, string name) : Process(world, name)
{
    private const long MaxAge = 1000;

    private readonly Dictionary<Entity, GrainActivation> _activations = [];
    private Capability? _known;
    private long _knownAt;

    public GrainActivation Activation(Entity entity)
    {
        if (!_activations.TryGetValue(entity, out var activation)) _activations[entity] = activation = new GrainActivation(World, this, entity);
        return activation;
    }

    public void Drop(GrainActivation activation)
    {
        if (_activations.TryGetValue(activation.Entity, out var current) && current == activation) _activations.Remove(activation.Entity);
    }

    public Capability View()
    {
        if (_known is null || World.Scheduler.Now - _knownAt >= MaxAge) (_known, _knownAt) = (World.Capability, World.Scheduler.Now);
        return _known;
    }

    public void Refresh() => _known = null;

    /// <summary>A numbered step of the protocol has been reached: here the process may be lost, or frozen.</summary>
    /// <exception cref="LostException">It was lost.</exception>
    public void At(int step)
    {
        World.Reached(step);
        if (!IsRunning) return;
        if (World.Scheduler.Chance(World.Faults.CrashAtStep))
        {
            World.Note($"{Name} reaches step {step}");
            Lose();
            World.TakeOver(this);
            throw new LostException();
        }

        if (World.Scheduler.Chance(World.Faults.FreezeAtStep))
        {
            World.Note($"{Name} reaches step {step}");
            Freeze(World.Scheduler.Between(100, 3000));
            World.TakeOver(this);
        }
    }
}
