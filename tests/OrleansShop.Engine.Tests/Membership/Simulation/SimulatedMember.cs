using OrleansShop.Engine.Membership;
using OrleansShop.Engine.Membership.Protocol;
using OrleansShop.Engine.Placement;
using OrleansShop.Engine.Storage;

namespace OrleansShop.Engine.Tests.Membership.Simulation;

/// <summary>One silo of a <see cref="LeaseSimulation"/>: the protocol's own state machines, with a catalog that is a dictionary and a clock of its own.</summary>
internal sealed class SimulatedMember(LeaseSimulation world, SiloAddress address, double rate, TimeSpan offset)
{
    private static readonly LeaseTerms s_terms = new(TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(1.5));

    private readonly Dictionary<GrainId, SimulatedGrain> _catalog = [];
    private readonly List<Action> _frozen = [];
    private OwnLease _lease = null!;
    private LivenessWatch _liveness = null!;
    private Reachability _reachability = null!;
    private HandoffState _handoff = HandoffState.Start;
    private Ring _ring = Ring.Empty(address);
    private TimeSpan _leaseEndsAt = TimeSpan.MaxValue;
    private int _failures;
    private int _alarms;
    private bool _isOver;
    private bool _hasStarted;
    private bool _isLeaving;

    public SiloAddress Address => address;

    public bool IsThere { get; set; } = true;

    public bool IsFrozen { get; private set; }

    private TimeSpan Clock => (world.Now * rate) + offset;

    /// <summary>Whether the silo holds its lease at this moment, whatever it knows of it.</summary>
    private bool HoldsLease => !_isOver && _lease.Phase == LeasePhase.Held && Clock < _leaseEndsAt;

    public string Describe(GrainId grain) =>
        $"{address} at view {_ring.View.Version}, lease {_lease.Phase}, {(_ring.Find(grain.Type) is { } hosting ? $"owner {hosting.Table.OwnerOf(Partition.Of(grain))}, held {hosting.IsHeld(Partition.Of(grain))}" : "no hosts")}, missing {string.Join(", ", _handoff.Missing)}";

    /// <summary>Does something on this silo, when it is not frozen.</summary>
    public void Do(Action what)
    {
        if (!IsThere)
            return;
        if (IsFrozen)
            _frozen.Add(what);
        else
            what();
    }

    public void Freeze() => IsFrozen = true;

    public void Thaw()
    {
        IsFrozen = false;

        // Whatever is due happens in any order: timers, answers, calls.
        var due = _frozen.OrderBy(_ => world.Random.Next()).ToList();
        _frozen.Clear();
        foreach (var action in due)
            Do(action);
    }

    public void Start()
    {
        _liveness = LivenessWatch.Start(Clock);
        _reachability = Reachability.Start(Clock);
        _lease = OwnLease.Start(s_terms, Clock);
        Change(NewStep(SiloStatus.Joining), _ =>
        {
            _lease = OwnLease.Start(s_terms, Clock);
            Renew();
            Look();
        });
    }

    public void LeaveGracefully()
    {
        if (!_hasStarted || _isLeaving || !HoldsLease || _ring.View.Find(address) is not { Status: SiloStatus.Active })
            return;
        _isLeaving = true;
        world.Note($"{address} leaves");
        Change(NewStep(SiloStatus.ShuttingDown), view =>
        {
            Enter(view);
            After(0.05, EndLeave);
            After(5, () =>
            {
                if (_catalog.Count > 0)
                    LoseLease();
            });
        });
    }

    public void DeclareGone(SiloAddress silo) => Change(view => MembershipChange.Declare(silo, view), Enter);

    /// <summary>A call, from anywhere. Executed here if the grain may run here.</summary>
    public void Call(GrainId grain)
    {
        if (!MayRun())
            return;
        var record = world.Grains[grain];
        if (!_catalog.TryGetValue(grain, out var activation))
        {
            if (!_ring.MayActivate(grain))
                return;
            activation = new(FenceNow());
            _catalog.Add(grain, activation);
            Load(record, activation);
        }

        if (activation.IsRunning || activation.IsEnding)
            return;
        foreach (var other in world.Others(this))
        {
            if (other._catalog.ContainsKey(grain) && other.HoldsLease)
                throw new InvalidOperationException($"A turn of {grain} begins on {Describe(grain)}, while it may run on {other.Describe(grain)}. {world.Table.Content}");
        }

        activation.IsRunning = true;
        world.Turns++;
        record.LastTurnAt = world.Now;

        // First turns are often long: what comes between the first read and the first write is what fences are for.
        var isLong = activation.Turns++ == 0 ? world.Random.Next(2) == 0 : world.Random.Next(40) == 0;
        After(isLong ? world.Random.NextDouble() * 4 : world.Random.NextDouble() * 0.01, () => EndTurn(grain, activation));
    }

    public void AcknowledgeTo(SiloAddress other)
    {
        if (_handoff.View > 0)
            world.Send(address, other, Receive(NewAcknowledgement()));
    }

    private static void Load(SimulatedRecord record, SimulatedGrain activation)
    {
        record.LastReader = activation;
        activation.Etag = record.Etag;
        if (record.Fence < activation.Fence.RaiseBelow)
            record.Fence = activation.Fence.Number;
    }

    private void EndTurn(GrainId grain, SimulatedGrain activation)
    {
        // The write of a turn that the lease did not cover any more arrives like any other: the fence has to refuse it.
        var record = world.Grains[grain];
        if (!HoldsLease)
            world.Overtaken++;
        if (record.Fence > activation.Fence.Number)
            world.Fenced++;
        if (record.Etag == activation.Etag && record.Fence <= activation.Fence.Number)
        {
            if (record.LastReader != activation)
                throw new InvalidOperationException($"{Describe(grain)} has written what another activation has read since, with fence {activation.Fence}. {world.Table.Content}");
            record.Etag = ++activation.Etag;
        }
        else
        {
            activation.IsEnding = true;
        }

        activation.IsRunning = false;
        if (activation.IsEnding)
            End(grain);
    }

    private void End(GrainId grain)
    {
        _catalog.Remove(grain);
        AcknowledgeToAll();
    }

    // What the engine asks at each turn: by the silo's own clock.
    private bool MayRun()
    {
        if (world.Breakage == Breakage.NoLeaseCheck)
            return _lease.Phase != LeasePhase.NotYet;
        return HoldsLease;
    }

    private Fence FenceNow() => world.Breakage == Breakage.NoFence ? default : Fences.Of(_ring.View, address);

    private void LoseLease()
    {
        if (_isOver)
            return;
        world.Note($"{address} has no lease any more");
        if (world.Breakage == Breakage.NoLeaseCheck)
            return;
        _isOver = true;
        SayDead();
        After(world.Random.NextDouble() * 10, () => IsThere = false);
    }

    // When the last turn has ended.
    private void SayDead()
    {
        if (_catalog.Values.Any(activation => activation.IsRunning))
            After(0.02, SayDead);
        else
            Change(view => MembershipChange.Towards(Rows.Row(0) with { Silo = address, Status = SiloStatus.Dead }, view), _ => { });
    }

    private void EndLeave()
    {
        if (_isOver)
            return;
        if (_catalog.Count > 0)
        {
            After(0.05, EndLeave);
            return;
        }

        _lease = _lease.Leave();
        Change(NewStep(SiloStatus.Dead, hasDrained: true), _ => IsThere = false);
    }

    private void Renew()
    {
        (_lease, var attempt) = _lease.Look(Clock);
        TakeLease();
        if (_lease.Phase > LeasePhase.RanOut)
            return;
        if (attempt is { } due)
            world.Table.Renew(this, new(address, due.Expected, due.Nonce, _handoff.View == 0 ? null : NewAcknowledgement()), Renewed, NotRenewed);
        WakeForRenewal();
    }

    // One alarm at a time: setting it anew forgets the one before.
    private void WakeForRenewal()
    {
        var alarm = ++_alarms;
        At(_lease.NextLook, () =>
        {
            if (alarm == _alarms)
                Renew();
        });
    }

    private void Renewed(RenewedRow? row)
    {
        _failures = 0;
        var before = _lease.Phase;
        _lease = _lease.Answered(row, Clock);
        TakeLease();
        if (before == LeasePhase.NotYet && _lease.Phase == LeasePhase.Held)
        {
            Change(NewStep(SiloStatus.Active), view =>
            {
                Enter(view);
                _hasStarted = true;
            });
        }
    }

    private void NotRenewed()
    {
        _lease = _lease.Failed(Clock, TableOutage.PauseAfter(++_failures, address.GetConsistentHashCode()));
        WakeForRenewal();
    }

    private void TakeLease()
    {
        if (_lease.Phase == LeasePhase.Held)
            _leaseEndsAt = _lease.EndsAt;
        else if (_lease.Phase == LeasePhase.Refused)
            LoseLease();
    }

    private void Look()
    {
        if (_isOver)
            return;
        world.Table.Read(this, view =>
        {
            Enter(view);
            (_liveness, var silent) = _liveness.Look(address, view.Rows, Clock, s_terms.DeadAfter);
            foreach (var row in silent)
                Change(now => MembershipChange.DeclareSilent(row, now), Enter);
            (_reachability, var votes) = _reachability.Look(address, view, silo => world.CanReach(address, silo), Clock, s_terms);
            foreach (var vote in votes)
                Change(now => MembershipChange.Say(vote, address, default, now), Enter);
            After(1.5, Look);
        }, () => After(0.5, Look));
    }

    // Reads, decides and writes until there is nothing to write.
    private void Change(Func<MembershipView, MembershipStep> decide, Action<MembershipView> done) => world.Table.Read(this, view =>
    {
        var step = decide(view);
        if (step.Refusal is not null)
        {
            LoseLease();
            return;
        }

        if (step.Row is not { } row)
        {
            done(view);
            return;
        }

        world.Table.Write(this, new(row, view.Version, step.AtHeartbeat), _ => Change(decide, done), () => After(0.3, () => Change(decide, done)));
    }, () => After(0.3, () => Change(decide, done)));

    private Func<MembershipView, MembershipStep> NewStep(SiloStatus status, bool hasDrained = false)
    {
        var row = Rows.Row(0, status, hosts: ["everywhere"]) with { Silo = address, HasDrained = hasDrained };
        return view => MembershipChange.Towards(row, view);
    }

    private void Enter(MembershipView view)
    {
        if (view.Version > _ring.View.Version)
        {
            var before = _ring.View;
            world.Takeovers += MembershipChange.NewlyDead(before, view).Length;
            _handoff = _handoff.Enter(view, address);
            _ring = _ring.Next(view, world.Breakage == Breakage.NoAcknowledgement ? PartitionSet.Empty : _handoff.Held);
            foreach (var (grain, activation) in _catalog.ToList())
            {
                if (!IsLost(grain))
                    continue;
                activation.IsEnding = true;
                if (!activation.IsRunning)
                    _catalog.Remove(grain);
            }

            AcknowledgeToAll();
        }

        _handoff = _handoff.Take(view.Rows, address);
        _ring = _ring.Release(_handoff.Held);
    }

    private bool IsLost(GrainId grain) => _ring.Find(grain.Type) is not { } hosting || !hosting.Owned.Contains(Partition.Of(grain));

    private Acknowledgement NewAcknowledgement() => new(_ring.View.Version, PartitionSet.Of(_catalog.Keys.Where(IsLost).Select(Partition.Of)));

    private void AcknowledgeToAll()
    {
        foreach (var row in _ring.View.Rows.Where(row => row.MayRunGrains && !row.Silo.Equals(address)))
            AcknowledgeTo(row.Silo);
    }

    private Action<SimulatedMember> Receive(Acknowledgement acknowledgement) => receiver =>
    {
        if (receiver._ring.View.IsDead(address))
            return;
        receiver._handoff = receiver._handoff.Take(address, acknowledgement);
        receiver._ring = receiver._ring.Release(receiver._handoff.Held);
    };

    private void After(double seconds, Action action) => world.After(seconds, () => Do(action));

    // A little later: rounding must not make it early, and it again, and again.
    private void At(TimeSpan clock, Action action) => world.At(((clock - offset) / rate) + TimeSpan.FromMilliseconds(1), () => Do(action));

    private sealed class SimulatedGrain(Fence fence)
    {
        public Fence Fence => fence;

        public long Etag { get; set; }

        public int Turns { get; set; }

        public bool IsRunning { get; set; }

        public bool IsEnding { get; set; }
    }
}
