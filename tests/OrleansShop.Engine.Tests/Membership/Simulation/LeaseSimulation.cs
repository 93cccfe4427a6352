
namespace OrleansShop.Engine.Tests.Membership.Simulation;

/// <summary>
/// A cluster on virtual time and one thread, driven by one seed: the protocol's own state machines, a membership table that is slow, away, forgetful of answers
/// and repetitive, silos that are killed, frozen, cut off from each other, join and leave, and whose clocks differ by up to one percent.
/// </summary>
/// <remarks>
/// Every step checks that no turn begins while another silo may begin one of the same grain, and that nothing is written to a grain's record by an activation
/// that another has followed.
/// </remarks>
internal sealed class LeaseSimulation
{
    private const int MostSilos = 6;
    private static readonly TimeSpan s_callPeriod = TimeSpan.FromMilliseconds(20);

    private readonly PriorityQueue<Action, (TimeSpan At, long Order)> _events = new();
    private readonly HashSet<(SiloAddress From, SiloAddress To)> _cuts = [];
    private readonly List<SimulatedMember> _silos = [];
    private readonly SimulatedTable _table;
    private long _order;
    private int _generation;
    private bool _isCalm;

    public LeaseSimulation(int seed, Breakage breakage = Breakage.None)
    {
        Random = new Random(seed);
        Breakage = breakage;
        _table = new SimulatedTable(this);
        Grains = Enumerable.Range(0, 12).ToDictionary(i => GrainId.Create("everywhere", $"{seed}-{i}"), _ => new SimulatedRecord());
        for (var i = 0; i < 3; i++)
            Join();
    }

    public Random Random { get; }

    public Breakage Breakage { get; }

    public TimeSpan Now { get; private set; }

    public Dictionary<GrainId, SimulatedRecord> Grains { get; }

    public List<string> Trace { get; } = [];

    /// <summary>How many turns were run, how many of them were overtaken by the end of their silo's lease, and how many writes a fence has refused.</summary>
    public int Turns { get; set; }

    public int Overtaken { get; set; }

    public int Fenced { get; set; }

    public int Takeovers { get; set; }

    public SimulatedTable Table => _table;

    public IEnumerable<SimulatedMember> Others(SimulatedMember silo) => _silos.Where(other => other.IsThere && other != silo);

    public SimulatedMember? Find(SiloAddress silo) => _silos.Find(other => other.IsThere && other.Address.Equals(silo));

    public bool CanReach(SiloAddress one, SiloAddress other) => !_cuts.Contains((one, other)) && !_cuts.Contains((other, one)) && Find(other) is { IsFrozen: false };

    public void At(TimeSpan at, Action action) => _events.Enqueue(action, (at > Now ? at : Now, _order++));

    public void After(double seconds, Action action) => At(Now + TimeSpan.FromSeconds(seconds), action);

    /// <summary>Sends something to another silo; it arrives late, or, where the way is cut, never.</summary>
    public void Send(SiloAddress from, SiloAddress to, Action<SimulatedMember> receive)
    {
        if (_cuts.Contains((from, to)))
            return;
        var delay = Random.Next(50) == 0 ? Random.NextDouble() * 3 : 0.001 + (Random.NextDouble() * 0.02);
        After(delay, () =>
        {
            if (!_cuts.Contains((from, to)) && Find(to) is { } receiver)
                receiver.Do(() => receive(receiver));
        });
    }

    public void Note(string what)
    {
        Trace.Add($"{Now.TotalSeconds,8:F3} {what}");
        if (Trace.Count > 400)
            Trace.RemoveRange(0, 200);
    }

    public void Run(TimeSpan trouble, TimeSpan calm)
    {
        After(1, CauseTrouble);
        Call();
        RunUntil(trouble);
        _isCalm = true;
        foreach (var (from, to) in _cuts.ToList())
            Heal(from, to);
        _table.IsAway = false;
        Join();
        RunUntil(trouble + calm);
        foreach (var (grain, record) in Grains)
        {
            if (record.LastTurnAt < trouble + (calm / 2))
                throw new InvalidOperationException($"{grain} has not answered since {record.LastTurnAt}. {_table.Content}; {string.Join("; ", _silos.Where(silo => silo.IsThere).Select(silo => silo.Describe(grain)))}");
        }
    }

    private void RunUntil(TimeSpan end)
    {
        while (_events.TryPeek(out _, out var next) && next.At <= end)
        {
            var action = _events.Dequeue();
            Now = next.At;
            action();
        }

        Now = end;
    }

    private void Call()
    {
        foreach (var grain in Grains.Keys)
        {
            if (_silos.FindAll(silo => silo.IsThere) is { Count: > 0 } there)
            {
                var silo = there[Random.Next(there.Count)];
                silo.Do(() => silo.Call(grain));
            }
        }

        After(s_callPeriod.TotalSeconds * (0.5 + Random.NextDouble()), Call);
    }

    private void CauseTrouble()
    {
        if (_isCalm)
            return;
        var there = _silos.FindAll(silo => silo.IsThere);
        var silo = there.Count == 0 ? null : there[Random.Next(there.Count)];
        switch (Random.Next(100))
        {
            case < 15 when silo is not null: Kill(silo); break;
            case < 35 when silo is not null: Freeze(silo, 1 + (Random.NextDouble() * 14)); break;
            case < 55 when there.Count >= 2: Cut(there, isOneWay: Random.Next(2) == 0); break;
            case < 70: TakeTheTableAway(Random.NextDouble() * 5); break;
            case < 80 when silo is not null: silo.Do(silo.LeaveGracefully); break;
            default: Join(); break;
        }

        while (_silos.Count(other => other.IsThere) < 2)
            Join();
        After(0.3 + (Random.NextDouble() * 3), CauseTrouble);
    }

    private void Join()
    {
        if (_silos.Count(silo => silo.IsThere) >= MostSilos)
            return;

        // Ports come again, so that a silo sometimes follows an earlier one at its endpoint.
        _generation++;
        var port = Enumerable.Range(1, MostSilos).First(port => !_silos.Exists(silo => silo.IsThere && silo.Address.Endpoint.Port == Rows.Silo(port).Endpoint.Port));
        var silo = new SimulatedMember(this, Rows.Silo(port, _generation), rate: 1 + ((Random.NextDouble() - 0.5) * 0.0098), offset: TimeSpan.FromSeconds(Random.NextDouble() * 1000));
        _silos.Add(silo);
        Note($"{silo.Address} starts");
        silo.Start();
    }

    private void Kill(SimulatedMember silo)
    {
        Note($"{silo.Address} is killed");
        silo.IsThere = false;

        // Where the host lives, it refuses connections; where it does not, nobody hears anything.
        if (Random.Next(2) == 0)
            return;
        foreach (var other in Others(silo))
            After(0.1 + Random.NextDouble(), () => other.Do(() => other.DeclareGone(silo.Address)));
    }

    private void Freeze(SimulatedMember silo, double seconds)
    {
        if (silo.IsFrozen)
            return;
        Note($"{silo.Address} freezes for {seconds:F1} s");
        silo.Freeze();
        After(seconds, silo.Thaw);
    }

    private void Cut(List<SimulatedMember> there, bool isOneWay)
    {
        var (one, other) = (there[Random.Next(there.Count)].Address, there[Random.Next(there.Count)].Address);
        if (one.Equals(other))
            return;
        Note($"{one} is cut off from {other}, {(isOneWay ? "one way" : "both ways")}");
        _cuts.Add((one, other));
        if (!isOneWay)
            _cuts.Add((other, one));
        After(1 + (Random.NextDouble() * 15), () =>
        {
            Heal(one, other);
            Heal(other, one);
        });
    }

    private void Heal(SiloAddress from, SiloAddress to)
    {
        if (_cuts.Remove((from, to)) && Find(from) is { } sender)
            sender.Do(() => sender.AcknowledgeTo(to));
    }

    private void TakeTheTableAway(double seconds)
    {
        Note($"the table is away for {seconds:F1} s");
        _table.IsAway = true;
        After(seconds, () => _table.IsAway = false);
    }
}

/// <summary>What is wrong with the protocol in a run that has to fail.</summary>
internal enum Breakage
{
    None,

    /// <summary>Silos run turns without asking whether their lease is over.</summary>
    NoLeaseCheck,

    /// <summary>Silos open partitions without waiting for the acknowledgements of the others.</summary>
    NoAcknowledgement,

    /// <summary>Silos that take grains over from a dead one do not raise the fence.</summary>
    NoFence,
}

/// <summary>A grain's stored state.</summary>
internal sealed class SimulatedRecord
{
    public long Etag { get; set; }

    public long Fence { get; set; }

    /// <summary>The activation that has read it last.</summary>
    public object? LastReader { get; set; }

    public TimeSpan LastTurnAt { get; set; }
}
