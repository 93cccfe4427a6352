using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using OrleansShop.Engine.Simulation.Checking;
using OrleansShop.Engine.Simulation.Faults;
using OrleansShop.Engine.Simulation.Grains;
using OrleansShop.Engine.Simulation.Network;
using OrleansShop.Engine.Simulation.Processes;
using OrleansShop.Engine.Simulation.Storage;
using OrleansShop.Engine.Simulation.Table;
using OrleansShop.Engine.Simulation.Time;
using OrleansShop.Engine.Simulation.Tracing;
using OrleansShop.Engine.Simulation.Workload;

namespace OrleansShop.Engine.Simulation.Cluster;

/// <summary>A cluster with its network, its table, its storage and its callers, all out of one seed.</summary>
internal sealed class SimulatedWorld
{
    private static readonly TimeSpan s_startPatience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_settling = TimeSpan.FromSeconds(10);

    private readonly int _seed;
    private readonly Random _random;
    private readonly List<SimulatedSilo> _silos = [];
    private readonly List<Caller> _callers = [];
    private readonly Trouble _trouble;
    private bool _isEnding;
    private int _generations;
    private SimulatedClient? _client;

    public SimulatedWorld(int seed, FaultPlan plan, Variant variant, TextWriter? file)
    {
        _seed = seed;
        Plan = plan;
        Variant = variant;
        Time = new VirtualTime();
        Trace = new Trace(Time, file);
        Violations = new Violations(Trace);
        Turns = new TurnWitness(Trace, Violations) { HasCrashed = HasCrashed };
        Ledger = new IncrementLedger(Violations);
        Network = new SimulatedNetwork(Time, plan.Pace);
        Table = new SimulatedTable(Time, Trace);
        Storage = new SimulatedStorage(Time, Trace, Turns, isFenced: variant != Variant.NoFences);
        Hosts = new Hosts(this);
        AllHosts = [.. Enumerable.Range(1, plan.MostSilos + 1).Select(HostOf)];
        _random = NewRandom("world");
        _trouble = new Trouble(this, NewRandom("trouble"));
    }

    public FaultPlan Plan { get; }

    public Variant Variant { get; }

    public VirtualTime Time { get; }

    public Trace Trace { get; }

    public Violations Violations { get; }

    public TurnWitness Turns { get; }

    public IncrementLedger Ledger { get; }

    public SimulatedNetwork Network { get; }

    public SimulatedTable Table { get; }

    public SimulatedStorage Storage { get; }

    public Hosts Hosts { get; }

    public int CallsFailed { get; set; }

    /// <summary>How long the grains took to answer after the trouble was over.</summary>
    public TimeSpan Recovery { get; private set; }

    /// <summary>How many silos have crashed, and how many have left with nothing running, by the table's rows.</summary>
    public int Crashes => Table.Crashes;

    public int Leaves => Table.Leaves;

    /// <summary>The silos whose processes are there, frozen ones too.</summary>
    public List<SimulatedSilo> Silos => _silos.FindAll(silo => !silo.Process.IsDead);

    /// <summary>The hosts for silos, and that of the client.</summary>
    public IReadOnlyList<IPAddress> AllHosts { get; }

    /// <summary>From the first silo to the last check.</summary>
    public async Task Run()
    {
        var client = await Start();
        Trace.Note("world", "trouble begins");
        _trouble.Begin();
        await Pause(Plan.Trouble);
        _trouble.End();
        Trace.Note("world", "trouble is over");

        await AwaitRecovery(client);
        await StopCallers();
        var serializer = client.Services.GetRequiredService<Serializer>();
        Ledger.Compare(Storage.States, bytes => serializer.Deserialize<CounterState>(bytes)!.Increments);
        Trace.Note("world", $"{Ledger.Acknowledged} of {Ledger.Asked} increments were acknowledged");
    }

    /// <summary>Has the cluster run while nothing changes. Returns how many requests reach the membership table for each silo in a minute.</summary>
    public async Task<double> MeasureTable()
    {
        await Start();
        await Pause(s_settling);
        var (before, calls) = (Table.Requests, Ledger.Acknowledged);
        await Pause(TimeSpan.FromMinutes(1));
        Trace.Note("world", $"{Table.Requests - before} requests in a minute, beside {Ledger.Acknowledged - calls} increments");
        return (Table.Requests - before) / (double)Plan.FirstSilos;
    }

    /// <summary>Lets go of all processes.</summary>
    public async Task Discard()
    {
        foreach (var silo in _silos)
            await silo.Discard();
        if (_client is { } client)
            await client.Discard();
        Time.Clear();
    }

    /// <summary>Starts a silo on a host that has none, if there is one.</summary>
    public void Join()
    {
        var free = AllHosts.SkipLast(1).Where(host => !_silos.Exists(silo => !silo.Process.IsDead && silo.Process.Address.Equals(host))).ToList();
        if (free.Count > 0)
            JoinAt(free[_random.Next(free.Count)]);
    }

    /// <summary>Starts a silo on a host, unless there is one.</summary>
    public void JoinAt(IPAddress host)
    {
        if (_silos.Exists(silo => !silo.Process.IsDead && silo.Process.Address.Equals(host)))
            return;
        Network.Revive(host);
        var generation = ++_generations;
        var process = NewProcess($"S{host.GetAddressBytes()[3]}.{generation}", host);
        var silo = new SimulatedSilo(this, process, new SiloIdentity(process.Name, host, generation));
        _silos.Add(silo);
        _ = silo.Start();
    }

    /// <summary>A process freezes in the middle of a write.</summary>
    public void FreezeAtWrite(SimulatedProcess process)
    {
        if (_silos.Find(silo => silo.Process == process) is { } silo)
            _trouble.FreezeAtWrite(silo);
    }

    public Caller NewCaller(string name, SimulatedProcess process, IGrainFactory grains)
    {
        var caller = new Caller(this, name, process, grains, NewRandom(name));
        if (_isEnding)
            return caller;
        _callers.Add(caller);
        caller.Begin();
        return caller;
    }

    public SiloAddress? AnySilo(Random random) => _silos.FindAll(silo => silo.IsActive) is { Count: > 0 } active ? active[random.Next(active.Count)].Address : null;

    private async Task<SimulatedClient> Start()
    {
        for (var i = 0; i < Plan.FirstSilos; i++)
            Join();
        await Until(() => _silos.TrueForAll(silo => silo.IsActive), s_startPatience, "the first silos are active");
        var client = await StartClient();
        for (var i = 0; i < Plan.Callers; i++)
            NewCaller($"client/{i}", client.Process, client.Grains);
        return client;
    }

    private static IPAddress HostOf(int number) => new([10, 0, 0, (byte)number]);

    private bool HasCrashed(string silo) => Table.Content.Rows.Any(row => row.SiloName == silo && row is { Status: SiloStatus.Dead, HasDrained: false });

    private SimulatedProcess NewProcess(string name, IPAddress host)
    {
        var random = NewRandom(name);

        // Two clocks differ by one percent at most.
        return new(name, host, Time, random, rate: 1 + ((random.NextDouble() - 0.5) * 0.0098));
    }

    private async Task<SimulatedClient> StartClient()
    {
        var process = NewProcess("client", AllHosts[^1]);
        _client = new SimulatedClient(this, process);
        await _client.Start();
        return _client;
    }

    private async Task AwaitRecovery(SimulatedClient client)
    {
        var since = Time.Now;
        var answered = new List<Task>();
        for (var key = 0; key < Plan.Counters; key++)
        {
            foreach (var isNear in new[] { false, true })
                answered.Add(new Caller(this, $"check/{key}", client.Process, client.Grains, NewRandom($"check {key} {isNear}")).IncrementUntilDone(isNear, key));
        }

        var all = Task.WhenAll(answered);
        while (!all.IsCompleted && Time.Now - since < Bounds.Recovery)
        {
            // A process that has not started, or has ended, is started again, as by whoever looks after processes.
            if (Silos.Count < 2)
                Join();
            await Pause(TimeSpan.FromMilliseconds(100));
        }

        Recovery = Time.Now - since;
        if (!all.IsCompleted)
            Violations.Add($"{answered.Count(task => !task.IsCompleted)} counters have not answered within {Bounds.Recovery.TotalSeconds} s after the trouble was over.");
    }

    private async Task StopCallers()
    {
        _isEnding = true;
        foreach (var caller in _callers)
            _ = caller.Stop();
        var since = Time.Now;
        while (!_callers.TrueForAll(caller => caller.HasEnded) && Time.Now - since < Plan.ResponseTimeout + Bounds.LastAnswers)
            await Pause(TimeSpan.FromMilliseconds(20));
        if (_callers.Find(caller => !caller.HasEnded) is { } late)
            Violations.Add($"A call of {late} has not ended within its timeout of {Plan.ResponseTimeout.TotalSeconds} s.");
    }

    private async Task Until(Func<bool> condition, TimeSpan patience, string what)
    {
        var since = Time.Now;
        while (!condition())
        {
            if (Time.Now - since > patience)
                throw new Violation($"After {patience.TotalSeconds} s it is not so that {what}.");
            await Pause(TimeSpan.FromMilliseconds(10));
        }
    }

    private Task Pause(TimeSpan duration)
    {
        var due = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Time.After(duration, due.SetResult);
        return due.Task;
    }

    // By name, so that what one part draws does not depend on how much another has drawn.
    private Random NewRandom(string name)
    {
        var hash = 2_166_136_261u ^ (uint)_seed;
        foreach (var character in name)
            hash = (hash ^ character) * 16_777_619;
        return new Random((int)hash);
    }
}
