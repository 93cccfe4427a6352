using System.Net;
using OrleansShop.Engine.Simulation.Cluster;

namespace OrleansShop.Engine.Simulation.Faults;

/// <summary>Causes what a plan has in store, until it is told to stop.</summary>
internal sealed class Trouble(SimulatedWorld world, Random random)
{
    private readonly FaultPlan _plan = world.Plan;
    private bool _isOver;

    public void Begin()
    {
        world.Table.Mood = _plan.Table;
        world.Storage.Mood = _plan.Storage;
        Next();
    }

    /// <summary>From now on nothing fails, and what has failed comes back.</summary>
    public void End()
    {
        _isOver = true;
        world.Table.Mood = Table.TableMood.Well;
        world.Storage.Mood = Storage.StorageMood.Well;
        foreach (var host in world.AllHosts)
        {
            world.Network.Revive(host);
            foreach (var other in world.AllHosts)
                world.Network.Heal(host, other);
        }

        foreach (var silo in world.Silos.Where(silo => silo.Process.IsFrozen))
            Thaw(silo);
        while (world.Silos.Count < 2)
            world.Join();
    }

    private void Next() => world.Time.After(_plan.Pauses * 2 * random.NextDouble(), () =>
    {
        if (_isOver)
            return;
        Cause();
        while (world.Silos.Count < 2)
            world.Join();
        Next();
    });

    private void Cause()
    {
        var silo = world.Silos.Count == 0 ? null : world.Silos[random.Next(world.Silos.Count)];
        var at = random.Next(_plan.Joins + _plan.Leaves + _plan.Kills + _plan.HostLosses + _plan.Freezes + _plan.Cuts + _plan.Resets + _plan.TableOutages);
        if ((at -= _plan.Joins) < 0)
            world.Join();
        else if (silo is null)
            return;
        else if ((at -= _plan.Leaves) < 0)
            Leave(silo);
        else if ((at -= _plan.Kills) < 0)
            Kill(silo);
        else if ((at -= _plan.HostLosses) < 0)
            LoseHost(silo);
        else if ((at -= _plan.Freezes) < 0)
            Freeze(silo);
        else if ((at -= _plan.Cuts) < 0)
            Cut();
        else if ((at -= _plan.Resets) < 0)
            ResetConnection();
        else
            LoseTable();
    }

    private void Leave(SimulatedSilo silo)
    {
        if (world.Silos.Count(other => other.IsActive) < 2 || !silo.IsActive)
            return;
        world.Trace.Note("trouble", $"{silo} is stopped");
        silo.Stop();
    }

    private void Kill(SimulatedSilo silo)
    {
        world.Trace.Note("trouble", $"{silo} is killed");
        silo.Process.Die();
        if (random.Next(3) == 0)
            world.Time.After(TimeSpan.FromSeconds(random.NextDouble() * 2), () => world.JoinAt(silo.Process.Address));
    }

    private void LoseHost(SimulatedSilo silo)
    {
        world.Trace.Note("trouble", $"{silo} and its host are gone");
        var host = silo.Process.Address;
        world.Network.Silence(host);
        silo.Process.Die();
        world.Time.After(TimeSpan.FromSeconds(2 + (random.NextDouble() * 12)), () => world.Network.Revive(host));
    }

    /// <summary>A silo freezes in the middle of a write, mostly for so long that it is taken for dead.</summary>
    public void FreezeAtWrite(SimulatedSilo silo) => Freeze(silo, _plan.LeaseDuration * (0.8 + (1.7 * random.NextDouble())));

    // Shorter than the lease, about as long, and longer.
    private void Freeze(SimulatedSilo silo) => Freeze(silo, _plan.LeaseDuration * (2.2 * random.NextDouble()));

    private void Freeze(SimulatedSilo silo, TimeSpan duration)
    {
        if (!silo.Process.IsRunning || _isOver)
            return;
        world.Trace.Note("trouble", $"{silo} freezes for {duration.TotalSeconds:F2} s");
        silo.Process.Freeze();
        world.Time.After(duration, () => Thaw(silo));
    }

    private void Thaw(SimulatedSilo silo)
    {
        if (silo.Process.IsDead || !silo.Process.IsFrozen)
            return;
        world.Trace.Note("trouble", $"{silo} thaws");
        silo.Process.Thaw();
    }

    private void Cut()
    {
        var hosts = world.AllHosts;
        var (one, other) = (hosts[random.Next(hosts.Count)], hosts[random.Next(hosts.Count)]);
        if (one.Equals(other))
            return;
        var isOneWay = random.Next(2) == 0;
        world.Trace.Note("trouble", $"{one} is cut off from {other}, {(isOneWay ? "one way" : "both ways")}");
        world.Network.Cut(one, other);
        if (!isOneWay)
            world.Network.Cut(other, one);
        world.Time.After(TimeSpan.FromSeconds(random.NextDouble() * 12), () => Heal(one, other));
    }

    private void Heal(IPAddress one, IPAddress other)
    {
        world.Network.Heal(one, other);
        world.Network.Heal(other, one);
    }

    private void ResetConnection()
    {
        if (world.Network.Open.Count == 0)
            return;
        var channel = world.Network.Open[random.Next(world.Network.Open.Count)];
        var half = random.Next(2) == 0 ? channel : channel.Peer;
        var later = random.Next(2) == 0 ? TimeSpan.FromMilliseconds(random.Next(20)) : TimeSpan.FromSeconds(random.NextDouble() * 8);
        world.Trace.Note("trouble", $"connection {channel.Number} of {channel.Process} and {channel.Peer.Process} breaks, {half.Process} knows at once, the other end {later.TotalSeconds:F2} s later");
        half.Break(later);
    }

    private void LoseTable()
    {
        var duration = _plan.LeaseDuration * (1.2 * random.NextDouble());
        var isHanging = random.Next(2) == 0;
        world.Trace.Note("trouble", $"the table {(isHanging ? "hangs" : "is away")} for {duration.TotalSeconds:F2} s");
        world.Table.Mood = _plan.Table with { IsAway = !isHanging, IsHanging = isHanging };
        world.Time.After(duration, () =>
        {
            if (!_isOver)
                world.Table.Mood = _plan.Table;
        });
    }
}
