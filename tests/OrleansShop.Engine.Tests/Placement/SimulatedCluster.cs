using OrleansShop.Engine.Membership;
using OrleansShop.Engine.Tests.Membership;
using Xunit;

namespace OrleansShop.Engine.Tests.Placement;

/// <summary>
/// A cluster on one thread, driven by one seed: silos that join, leave and die, views that are read late or skipped, connections that
/// break and lose what was on them or deliver it late, calls, deactivations and moves. After each step no grain has two activations on living silos.
/// </summary>
internal sealed class SimulatedCluster
{
    private const int MostSilos = 6;

    // Silos that are leaving have theirs until they are dead.
    private const int Endpoints = 2 * MostSilos;

    private readonly Random _random;
    private readonly List<SimulatedSilo> _silos = [];
    private readonly List<MembershipView> _views = [MembershipView.Empty];
    private readonly Dictionary<(SiloAddress From, SiloAddress To), Wire> _wires = [];
    private readonly List<Wire> _oldWires = [];
    private readonly List<GrainId> _grains;
    private readonly int[] _slowness = [1, 1, 5, 40];
    private readonly string[] _types = ["everywhere", "somewhere"];
    private int _generation;

    public SimulatedCluster(int seed)
    {
        _random = new Random(seed);
        _grains = [.. Enumerable.Range(0, 24).Select(i => GrainId.Create(_types[i % 2], $"{seed}-{i}"))];
        for (var i = 0; i < 3; i++)
            Join();
    }

    /// <summary>How many calls found their activation.</summary>
    public int Executed { get; set; }

    /// <summary>How many of them did so where the owner had placed it.</summary>
    public int ExecutedElsewhere { get; set; }

    private MembershipView Latest => _views[^1];

    private List<SimulatedSilo> Living => _silos.FindAll(silo => silo.IsAlive);

    public void Send(SiloAddress from, SiloAddress to, object message)
    {
        if (!_wires.TryGetValue((from, to), out var wire))
            _wires.Add((from, to), wire = new(from, to, new(), Slowness: _slowness[_random.Next(_slowness.Length)], IsOld: false));
        wire.Messages.Enqueue(message);
    }

    /// <summary>One random step, and the check after it.</summary>
    public void Step()
    {
        switch (_random.Next(1000))
        {
            case < 400: DeliverSome(); break;
            case < 700: CallSomething(); break;
            case < 750: SomeoneReadsTheTable(); break;
            case < 860: SomethingEnds(); break;
            case < 910: SomethingIsAskedToLeave(move: false); break;
            case < 960: SomethingIsAskedToLeave(move: true); break;
            case < 980: AConnectionBreaks(); break;
            case < 994: SomeoneLeavesOrJoins(); break;
            default: SomeoneDies(); break;
        }

        Check();
    }

    /// <summary>Lets everything come to rest, without faults. Then every grain answers.</summary>
    public void Settle()
    {
        for (var round = 0; round < 50; round++)
        {
            BuryTheDead();
            foreach (var silo in Living)
            {
                silo.Enter(Latest);
                foreach (var grain in silo.Catalog.Where(entry => entry.Value.IsEnding).Select(entry => entry.Key).ToList())
                    silo.End(grain);
            }

            for (var i = 0; i < 20_000 && DeliverOne(); i++)
                Check();
        }

        foreach (var grain in _grains)
            Assert.True(Answers(grain), $"{grain} answers when nothing happens any more: {string.Join("; ", Living.Select(silo => silo.Describe(grain)))}. {Latest}");
    }

    private bool Answers(GrainId grain)
    {
        if (!Latest.Active.Any(row => row.Hosts.Any(hosted => hosted.GrainType == grain.Type)))
            return true;
        for (var i = 0; i < 50; i++)
        {
            if (Living.Any(silo => silo.Call(grain, _random)))
                return true;
            while (DeliverOne())
                Check();
        }

        return Living.Any(silo => silo.Catalog.ContainsKey(grain));
    }

    private void Check()
    {
        foreach (var grain in _grains)
        {
            SimulatedSilo? host = null;
            foreach (var silo in _silos)
            {
                if (!silo.IsAlive || !silo.Catalog.TryGetValue(grain, out var here))
                    continue;
                if (host is not null)
                    Assert.Fail($"{grain} is active on {string.Join(" and ", new[] { host, silo }.Select(both => $"{both.Address} at view {both.Ring.View.Version}"))}; {Latest}");
                if (here.Redirection is null && silo.Table.Find(grain) is not null)
                    Assert.Fail($"{silo.Address} runs {grain} and has a redirect for it.");
                host = silo;
            }
        }
    }

    private void DeliverSome()
    {
        for (var left = _random.Next(8); left > 0 && DeliverOne(isPatient: false); left--)
            Check();
    }

    // Without patience most of what is on slow wires stays there: what arrives long after all that was sent with it is what breaks protocols.
    private bool DeliverOne(bool isPatient = true)
    {
        var wires = _wires.Values.Concat(_oldWires).Where(wire => wire.Messages.Count > 0).ToList();
        if (wires.Count == 0)
            return false;
        var (from, to, messages, slowness, isOld) = wires[_random.Next(wires.Count)];
        if (!isPatient && _random.Next(slowness) != 0)
            return true;
        var message = messages.Dequeue();
        if (Living.Find(silo => silo.Address.Equals(to)) is not { } receiver)
            messages.Clear();
        else if (!receiver.Ring.View.IsDead(from))
            receiver.Receive(from, message, _random, canAnswer: !isOld);
        return true;
    }

    private void CallSomething()
    {
        if (Living is { Count: > 0 } living && living[_random.Next(living.Count)].Call(_grains[_random.Next(_grains.Count)], _random))
            Executed++;
    }

    private void SomeoneReadsTheTable()
    {
        if (Living is not { Count: > 0 } living)
            return;

        // What was read may be carried out later than something newer was written.
        var silo = living[_random.Next(living.Count)];
        if (silo.Ring.View.Version < Latest.Version)
            silo.Enter(_views[(int)_random.NextInt64(silo.Ring.View.Version + 1, Latest.Version + 1)]);
    }

    private void SomethingEnds()
    {
        var ending = Living.SelectMany(silo => silo.Catalog.Where(entry => entry.Value.IsEnding).Select(entry => (silo, entry.Key))).ToList();
        if (ending.Count == 0)
            return;
        var (host, grain) = ending[_random.Next(ending.Count)];
        host.End(grain);
    }

    private void SomethingIsAskedToLeave(bool move)
    {
        var running = Living.SelectMany(silo => silo.Catalog.Where(entry => !entry.Value.IsEnding).Select(entry => (silo, entry))).ToList();
        if (running.Count == 0)
            return;
        var (host, (grain, activation)) = running[_random.Next(running.Count)];
        activation.IsEnding = true;
        if (move && host.Ring.Find(grain.Type) is { } hosting && hosting.Silos[_random.Next(hosting.Silos.Length)] is var target && !target.Equals(host.Address))
            activation.Target = target;
    }

    private void AConnectionBreaks()
    {
        // One on which something is under way: of the others nobody would notice.
        var used = _wires.Values.Where(wire => wire.Messages.Count > 0).ToList();
        if (used.Count == 0)
            return;
        var breaking = used[_random.Next(used.Count)];
        if (Living.Find(silo => silo.Address.Equals(breaking.From)) is not { } one || Living.Find(silo => silo.Address.Equals(breaking.To)) is not { } other)
            return;
        foreach (var way in new[] { (one.Address, other.Address), (other.Address, one.Address) })
        {
            if (!_wires.Remove(way, out var lost))
                continue;

            // Some of it has arrived and is still being handled; the rest never comes.
            _oldWires.Add(lost with { Messages = new(lost.Messages.Take(_random.Next(lost.Messages.Count + 1))), Slowness = _slowness[_random.Next(_slowness.Length)], IsOld = true });
        }

        one.Opened(other.Address);
        other.Opened(one.Address);
    }

    private void SomeoneLeavesOrJoins()
    {
        BuryTheDead();
        var active = Latest.Active;
        var isRoom = Latest.Rows.Count(row => row.Status != SiloStatus.Dead) < Endpoints;
        if (isRoom && active.Length < MostSilos && _random.Next(active.Length + 1) < 3)
            Join();
        else if (active.Length > 0)
            Write((_random.Next(2) == 0 ? active.MaxBy(row => row.Silo.Generation)! : active[_random.Next(active.Length)]) with { Status = SiloStatus.ShuttingDown });

        foreach (var leaving in Living.Where(silo => silo.Catalog.Count == 0 && silo.Ring.View.Find(silo.Address) is { Status: SiloStatus.ShuttingDown }).ToList())
        {
            Write(Latest.Find(leaving.Address)! with { Status = SiloStatus.Dead });
            leaving.IsAlive = false;
        }
    }

    private void SomeoneDies()
    {
        BuryTheDead();
        if (Latest.Active.Length > 1 && _random.Next(3) == 0 && Living is { Count: > 1 } living)
            living[_random.Next(living.Count)].IsAlive = false;
    }

    private void BuryTheDead()
    {
        foreach (var silo in _silos.Where(silo => !silo.IsAlive && Latest.Find(silo.Address) is { Status: not SiloStatus.Dead }))
            Write(Latest.Find(silo.Address)! with { Status = SiloStatus.Dead });
    }

    // Endpoints are used again, so that rows are replaced.
    private void Join()
    {
        var number = Enumerable.Range(1, Endpoints).First(number => !Latest.Rows.Any(row => row.Status != SiloStatus.Dead && row.Silo.Endpoint.Port == Rows.Silo(number).Endpoint.Port));
        var row = Rows.Row(number, SiloStatus.Joining, ++_generation, _random.Next(3) == 0 ? [_types[0]] : _types);
        _silos.Add(new SimulatedSilo(this, row.Silo));
        Write(row);
        Write(Latest.Find(row.Silo)! with { Status = SiloStatus.Active });
    }

    private void Write(MembershipRow row) => _views.Add(TableContent.Put(Latest, row));

    /// <summary>One way of a connection. Of so many times that it could deliver something, it does so once, as long as anything is going on.</summary>
    private sealed record Wire(SiloAddress From, SiloAddress To, Queue<object> Messages, int Slowness, bool IsOld);
}
