using System.Runtime.CompilerServices;
using OrleansShop.Strangler.Ownership;
using OrleansShop.Strangler.Phases;
using OrleansShop.Strangler.Simulation.Checking;
using OrleansShop.Strangler.Simulation.Gateways;
using OrleansShop.Strangler.Simulation.Grains;
using OrleansShop.Strangler.Simulation.Monolith;
using OrleansShop.Strangler.Simulation.Rollout;
using OrleansShop.Strangler.Simulation.Scheduling;
using OrleansShop.Strangler.Simulation.Tracing;
using OrleansShop.Strangler.Simulation.Workload;

namespace OrleansShop.Strangler.Simulation;

/// <summary>
/// The monolith with its database, the bridge, a service of two silos, two gateways, an operator and clients, while entities move to and fro, and everything that can be lost, repeated or late is. One seed decides all of it.
/// </summary>
internal sealed class World
{
    private const long Duration = 12_000;
    private const long Calm = 40_000;
    private const int Clients = 4;

    private readonly List<string>? _trace;
    private readonly Dictionary<Entity, SimulatedSilo> _places = [];
    private readonly SimulatedSilo[] _silos;
    private readonly Gateway[] _gateways;
    private readonly int[] _reached = new int[11];
    private string? _failure;
    private int _values;
    private int _processes;

    public World(int seed, Rules rules, Faults faults, bool isTraced = false)
    {
        _trace = isTraced ? [] : null;
        Scheduler = new Scheduler(seed);
        MayLag = Scheduler.Chance(0.5);
        (Rules, Faults) = (rules, faults);
        Database = new Database(rules);
        Bridge = new Process(this, "bridge");
        Monolith = new Process(this, "monolith");
        Capability = new Capability(CapabilityPhase.Monolith, 0, 0, hasLedger: false);
        _silos = [NewSilo(), NewSilo()];
        _gateways = [NewGateway(), NewGateway()];
    }

    public Scheduler Scheduler { get; }

    public Rules Rules { get; }

    /// <summary>Whether changes are acknowledged that the monolith's rows do not have, while the bridge gives no answer.</summary>
    public bool MayLag { get; }

    public Faults Faults { get; private set; }

    public Database Database { get; }

    public GrainStore Store { get; } = new();

    public Process Bridge { get; private set; }

    public Process Monolith { get; private set; }

    public Capability Capability { get; private set; }

    public History History { get; } = new();

    /// <summary>What clients know to have been created.</summary>
    public List<Entity> Known { get; } = [];

    public int Repairs { get; private set; }

    public int Orders { get; private set; }

    /// <summary>How many changes were acknowledged before the monolith had them, the first of each time.</summary>
    public int Lagged { get; private set; }

    public IReadOnlyList<int> ReachedSteps => _reached;

    public bool IsTraced => _trace is not null;

    public string Trace => _trace is null ? "" : string.Join('\n', _trace);

    /// <summary>Null, or what must not be.</summary>
    public string? Run()
    {
        var operations = new Operator(this);
        foreach (var number in Enumerable.Range(1, Clients)) _ = new Client(this, $"client {number}").RunAsync(Duration);
        foreach (var gateway in _gateways) _ = gateway.FollowAsync(Duration);
        var ordering = operations.RunAsync(Duration);
        _ = operations.SweepAsync(Duration);
        _ = operations.CatchUpAsync(Duration);
        _ = BreakAsync();
        Scheduler.RunUntil(Duration);

        // From now on nothing goes wrong, and what is late arrives.
        var late = Faults.MaxLateness;
        Faults = Faults.None;
        Scheduler.RunUntil(Duration + late + Process.Patience);
        if (_failure is not null) return _failure;
        return ordering.IsFaulted ? ordering.Exception!.ToString() : Settle(operations, ordering) ?? History.Check() ?? CheckEnd();
    }

    public void Note([InterpolatedStringHandlerArgument("")] TraceText what) => _trace?.Add($"{Scheduler.Now,6} {what.ToString()}");

    public void Fail(string what)
    {
        Note($"FAILED {what}");
        _failure ??= what;
    }

    public void Reached(int step) => _reached[step]++;

    public void Repaired() => Repairs++;

    public void HasLagged() => Lagged++;

    public string NewValue(string by) => $"{by}:{++_values}";

    public void Enter(Capability next)
    {
        if (next.Epoch != Capability.Epoch) Orders++;
        Note($"the capability is in {next}");
        Capability = next;
    }

    public Gateway AnyGateway() => _gateways[Scheduler.Random.Next(_gateways.Length)];

    /// <summary>A silo does not serve its grains any more: another process takes its place.</summary>
    public void TakeOver(SimulatedSilo silo)
    {
        foreach (var entity in _places.Where(place => place.Value == silo).Select(place => place.Key).ToList()) _places.Remove(entity);
        var index = Array.IndexOf(_silos, silo);
        if (index >= 0) _silos[index] = NewSilo();
    }

    /// <summary>Sends a request to the grain of an entity, wherever it runs, and waits for its answer, or for longer than anybody waits.</summary>
    public async Task<GrainAnswer> CallGrainAsync(Process from, Entity entity, GrainRequest request)
    {
        var done = new TaskCompletionSource<GrainAnswer>();
        var answerIsLost = Scheduler.Chance(Faults.AnswerLost);
        Scheduler.After(Scheduler.Between(1, 10), () =>
        {
            if (!_places.TryGetValue(entity, out var silo)) _places[entity] = silo = _silos[Scheduler.Random.Next(_silos.Length)];
            Note($"{silo.Name} is asked {request} of {entity}");
            silo.Activation(entity).Enqueue(request, answer =>
            {
                Note($"{silo.Name} answers {request} of {entity}: {answer}");
                if (!answerIsLost) Scheduler.After(Scheduler.Between(1, 10), () => from.Hear(() => done.TrySetResult(answer)));
            });
        });
        Scheduler.After(5 * Process.Patience, () => from.Hear(() => done.TrySetResult(new GrainAnswer(AnswerOutcome.Unknown))));
        return await done.Task;
    }

    /// <summary>What the monolith answers to a client's request. What lags is old there, which is what lagging means: such an answer counts for nothing.</summary>
    public GrainAnswer AnswerOfMonolith(Entity entity, GrainRequest request) => request switch
    {
        GrainRequest.Read when IsBehind(entity) => new GrainAnswer(AnswerOutcome.Unknown),
        GrainRequest.Read => Database.Read(entity) is { } content ? new GrainAnswer(AnswerOutcome.Done, content) : new GrainAnswer(AnswerOutcome.Absent),
        GrainRequest.Update update => new GrainAnswer(Database.Update(entity, update.Value) ? AnswerOutcome.Done : AnswerOutcome.Absent),
        GrainRequest.Delete => new GrainAnswer(Database.Delete(entity) ? AnswerOutcome.Done : AnswerOutcome.Absent),
        _ => throw new ArgumentOutOfRangeException(nameof(request)),
    };

    private bool IsBehind(Entity entity) => Store.Read(entity).Holding is { IsLagging: true } lagging && !(Database.Find(entity) is { } entry && entry.Version >= lagging.Version);

    private SimulatedSilo NewSilo() => new(this, $"silo {++_processes}");

    private Gateway NewGateway() => new(this, $"gateway {++_processes}");

    private string? Settle(Operator operations, Task ordering)
    {
        // Orders that run come to their end by sweeping; then one more, and one sweep after it, and everything is read on both sides.
        for (var waited = 0; !ordering.IsCompleted; waited++)
        {
            if (waited == 100) return $"the last order does not end: {Capability}";
            Scheduler.RunUntil(Scheduler.Now + 200);
        }

        var end = EndAsync(operations);
        Scheduler.RunUntil(Scheduler.Now + Calm);
        if (_failure is not null) return _failure;
        return end.IsCompletedSuccessfully ? null : $"the world does not come to rest: {Capability}, {end.Exception}";
    }

    private async Task EndAsync(Operator operations)
    {
        var phases = new[] { (CapabilityPhase.Canary, 50), (CapabilityPhase.Grains, 0), (CapabilityPhase.Shadow, 0) };
        var (phase, percent) = phases[Scheduler.Random.Next(phases.Length)];
        await operations.OrderAsync(phase, percent);
        await Scheduler.DelayAsync(3000);
        foreach (var gateway in _gateways) _ = gateway.FollowAsync(Scheduler.Now + 1);
        for (var round = 0; round < 3; round++)
        {
            await operations.CatchUpOnceAsync();
            await operations.SweepOnceAsync();
        }

        // A sweep passes over what the ledger gives to the grains already, though its grain may not have heard of it: whoever asks for it next tells.
        await Task.WhenAll(Database.Rows.Select(row => CallGrainAsync(operations, row.Entity, new GrainRequest.Place(CapabilityEpoch: null))).ToList());
        foreach (var entity in Known)
        {
            var client = new Client(this, "the last client");
            await client.ReadAsync(entity, fromMonolith: false);
            await client.ReadAsync(entity, fromMonolith: true);
        }
    }

    /// <summary>Both sides agree, and every entity has one owner, which is the one that it is to have.</summary>
    private string? CheckEnd()
    {
        if (Store.Behind.FirstOrDefault(IsBehind) is { Kind: not null } behind) return $"{behind} is {Store.Read(behind)}, and the monolith lacks that.";
        foreach (var (entity, content) in Database.Rows)
        {
            if (content.Parent is { } parent && Database.Read(new Entity(Entity.Parent, parent)) is null) return $"{entity} refers to parent {parent}, which is gone.";
            if (Database.Find(entity) is not { } entry) return $"{entity} is not in the ledger.";
            if (entry.Owner != Capability.WantedOwner(entity)) return $"{entity} belongs to {entry} in {Capability}.";
            var stored = Store.Read(entity);

            // What an activation would find: one that was lost in the middle of a return leaves a state that says owner.
            var known = stored.Holding.Reconciled(entry);
            if (known.IsOwner != (entry.Owner == EntityOwner.Grains)) return $"{entity} belongs to {entry}, and its grain has {stored}.";
            if (known is { IsOwner: true, IsBehind: false } && stored.Content != content) return $"{entity} is {content} at the monolith and {stored} at its grain.";
        }

        return null;
    }

    /// <summary>Processes come and go besides the losses at steps.</summary>
    private async Task BreakAsync()
    {
        while (Scheduler.Now < Duration)
        {
            await Scheduler.DelayAsync(Scheduler.Between(200, 2500));
            if (Faults.CrashAtStep == 0) continue;
            switch (Scheduler.Random.Next(5))
            {
                case 0:
                    Bridge.Lose();
                    await Scheduler.DelayAsync(Scheduler.Between(10, MayLag ? 2000 : 400));
                    Bridge = new Process(this, "bridge");
                    break;
                case 1:
                    Monolith.Lose();
                    await Scheduler.DelayAsync(Scheduler.Between(10, 400));
                    Monolith = new Process(this, "monolith");
                    break;
                case 2:
                    var index = Scheduler.Random.Next(_gateways.Length);
                    _gateways[index].Lose();
                    _gateways[index] = NewGateway();
                    _ = _gateways[index].FollowAsync(Duration);
                    break;
                default:
                    var silo = _silos[Scheduler.Random.Next(_silos.Length)];
                    if (Scheduler.Chance(0.5)) silo.Lose();
                    else silo.Freeze(Scheduler.Between(100, 3000));
                    TakeOver(silo);
                    break;
            }
        }
    }
}
