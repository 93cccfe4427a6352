using OrleansShop.Engine.Membership;
using OrleansShop.Engine.Membership.Protocol;
using OrleansShop.Engine.Placement;
using OrleansShop.Engine.Placement.Protocol;

namespace OrleansShop.Engine.Tests.Placement;

/// <summary>One silo of a <see cref="SimulatedCluster"/>: the protocol's own state machines, with a catalog that is a dictionary.</summary>
internal sealed class SimulatedSilo(SimulatedCluster cluster, SiloAddress address)
{
    private readonly HostedPlacements _hosted = new();
    private readonly List<Place> _early = [];
    private HandoffState _handoff = HandoffState.Start;

    public SiloAddress Address => address;

    public bool IsAlive { get; set; } = true;

    public RedirectTable Table { get; } = new();

    public Ring Ring { get; private set; } = Ring.Empty(address);

    public Dictionary<GrainId, SimulatedActivation> Catalog { get; } = [];

    /// <summary>What it knows of a grain, for a failure's message.</summary>
    public string Describe(GrainId grain) =>
        $"{address} at view {Ring.View.Version}, {(Ring.Find(grain.Type) is { } hosting ? $"owner {hosting.Table.OwnerOf(Partition.Of(grain))}, held {hosting.IsHeld(Partition.Of(grain))}" : "no hosts")}, "
        + $"activation {Catalog.ContainsKey(grain)}, redirect {Table.Find(grain)}, missing {string.Join(", ", _handoff.Missing)}";

    public void Enter(MembershipView view)
    {
        if (view.Version <= Ring.View.Version)
            return;
        var before = Ring.View;
        _handoff = _handoff.Enter(view, address);
        Ring = Ring.Next(view, _handoff.Held);
        Table.Enter(Ring.MayActivate, silo => view.Find(silo) is not { MayRunGrains: true });
        _hosted.Enter(view);
        EndWhatIsLost(before);
        AcknowledgeToAll();
        var due = _early.FindAll(place => place.View <= view.Version);
        _early.RemoveAll(due.Contains);
        foreach (var place in due)
            Take(place, isAnswered: true);
    }

    /// <summary>A call of somebody on this silo, or one that was sent here. True if it was executed here.</summary>
    public bool Call(GrainId grain, Random random)
    {
        if (Ring.Find(grain.Type) is not { } hosting)
            return false;
        var partition = Partition.Of(grain);
        if (!hosting.Owned.Contains(partition))
        {
            if (Catalog.TryGetValue(grain, out var placed) && placed.Redirection is { IsLost: false })
                return true;
            cluster.Send(address, hosting.Table.OwnerOf(partition), new CallToOwner(grain));
            return false;
        }

        if (hosting.IsHeld(partition))
            return false;
        if (Catalog.ContainsKey(grain))
            return true;
        if (Table.Find(grain) is { } redirect)
        {
            if (redirect.Stage == RedirectStage.Placed)
                cluster.Send(address, redirect.Host!, new CallToHost(grain, redirect.Number));
            return false;
        }

        var host = random.Next(3) == 0 ? address : hosting.Silos[random.Next(hosting.Silos.Length)];
        if (host.Equals(address))
        {
            Catalog.Add(grain, new SimulatedActivation());
            return true;
        }

        Ask(grain, host);
        return false;
    }

    public void Receive(SiloAddress from, object message, Random random, bool canAnswer)
    {
        switch (message)
        {
            case Acknowledgement acknowledgement:
                _handoff = _handoff.Take(from, acknowledgement);
                Ring = Ring.Release(_handoff.Held);
                break;
            case CallToOwner call:
                if (Call(call.Grain, random))
                    cluster.Executed++;
                break;
            case CallToHost call:
                if (!Catalog.ContainsKey(call.Grain))
                {
                    Answer(from, call.Grain, call.Number, isThere: false, canAnswer);
                    Call(call.Grain, random);
                    break;
                }

                cluster.ExecutedElsewhere++;
                break;
            case Place place:
                Take(place, canAnswer);
                break;
            case Told { IsThere: true } told:
                Table.Confirm(told.Grain, told.Number, from);
                break;
            case Told told:
                if (from.Equals(Table.Find(told.Grain)?.Host))
                    Table.Drop(told.Grain, told.Number);
                break;
            case Settle settle:
                _hosted.Raise(from, settle.Floor);
                foreach (var (grain, number) in settle.Placements)
                    Answer(from, grain, number, Catalog.TryGetValue(grain, out var there) && there.Redirection is { } known && known.Number == number && known.Owner.Equals(from), canAnswer);
                break;
            case Move move:
                if (from.Equals(Table.Find(move.Grain)?.Host) && Table.Drop(move.Grain, move.Number))
                    MoveOn(move.Grain, move.Target);
                break;
        }
    }

    /// <summary>The last turn of an activation has ended.</summary>
    public void End(GrainId grain)
    {
        var activation = Catalog[grain];
        Catalog.Remove(grain);
        if (activation.Redirection is { } redirection)
        {
            cluster.Send(address, redirection.Owner, activation.Target is { } target ? new Move(grain, redirection.Number, target) : new Told(grain, redirection.Number, IsThere: false));
        }
        else if (activation.Target is { } target)
        {
            MoveOn(grain, target);
        }

        AcknowledgeToAll();
    }

    /// <summary>A connection to another silo was opened anew.</summary>
    public void Opened(SiloAddress other)
    {
        cluster.Send(address, other, NewAcknowledgement());
        cluster.Send(address, other, new Settle(Table.Floor, Table.On(other)));
    }

    private void MoveOn(GrainId grain, SiloAddress target)
    {
        if (!Ring.MayActivate(grain))
            return;
        if (target.Equals(address))
        {
            Catalog.Add(grain, new SimulatedActivation());
            return;
        }

        if (Ring.View.Find(target) is not { Status: SiloStatus.Active })
            return;
        Ask(grain, target);
    }

    private void Ask(GrainId grain, SiloAddress host)
    {
        var begun = Table.Begin(grain, host, Ring.View.Version);
        cluster.Send(address, host, new Place(address, grain, begun.Number, begun.View));
        Table.NoteAsked(grain, begun.Number);
    }

    private void Take(Place place, bool isAnswered)
    {
        var answer = _hosted.Judge(Ring, place.Grain, place.Owner, place.Number, place.View);
        if (answer == PlacementAnswer.TooEarly)
        {
            _early.Add(place);
            return;
        }

        if (answer == PlacementAnswer.Taken && Catalog.TryGetValue(place.Grain, out var present))
        {
            if (present.Redirection is not { } known || known.Number != place.Number || !known.Owner.Equals(place.Owner))
                answer = PlacementAnswer.Refused;
        }
        else if (answer == PlacementAnswer.Taken)
        {
            Catalog.Add(place.Grain, new SimulatedActivation { Redirection = new(place.Owner, place.Number) });
        }

        Answer(place.Owner, place.Grain, place.Number, isThere: answer == PlacementAnswer.Taken, isAnswered);
    }

    private void Answer(SiloAddress owner, GrainId grain, long number, bool isThere, bool canAnswer)
    {
        if (canAnswer)
            cluster.Send(address, owner, new Told(grain, number, isThere));
    }

    private void EndWhatIsLost(MembershipView before)
    {
        var span = new OwnerSpan(before, Ring.View);
        var isActive = Ring.View.Find(address) is { Status: SiloStatus.Active };
        foreach (var (grain, activation) in Catalog)
        {
            var isOwned = Ring.Find(grain.Type) is { } hosting && hosting.Owned.Contains(Partition.Of(grain));
            if (activation.Redirection is not { } redirection)
                activation.IsEnding |= !isOwned;
            else if (isActive && isOwned)
                activation.Redirection = null;
            else if (!isActive || !span.IsUnbroken(grain, redirection.Owner))
                redirection.IsLost = activation.IsEnding = true;
        }
    }

    private bool IsLost(GrainId grain, SimulatedActivation activation) => activation.Redirection is { } redirection
        ? redirection.IsLost
        : Ring.Find(grain.Type) is not { } hosting || !hosting.Owned.Contains(Partition.Of(grain));

    private Acknowledgement NewAcknowledgement() =>
        new(Ring.View.Version, PartitionSet.Of(Catalog.Where(entry => IsLost(entry.Key, entry.Value)).Select(entry => Partition.Of(entry.Key))));

    private void AcknowledgeToAll()
    {
        foreach (var row in Ring.View.Rows.Where(row => row.MayRunGrains && !row.Silo.Equals(address)))
            cluster.Send(address, row.Silo, NewAcknowledgement());
    }

    private sealed record CallToOwner(GrainId Grain);

    private sealed record CallToHost(GrainId Grain, long Number);

    private sealed record Place(SiloAddress Owner, GrainId Grain, long Number, long View);

    private sealed record Told(GrainId Grain, long Number, bool IsThere);

    private sealed record Settle(long Floor, IReadOnlyList<(GrainId Grain, long Number)> Placements);

    private sealed record Move(GrainId Grain, long Number, SiloAddress Target);
}

/// <summary>An activation of the simulation: it is there, and may be on its way out.</summary>
internal sealed class SimulatedActivation
{
    public Redirection? Redirection { get; set; }

    public bool IsEnding { get; set; }

    public SiloAddress? Target { get; set; }
}
