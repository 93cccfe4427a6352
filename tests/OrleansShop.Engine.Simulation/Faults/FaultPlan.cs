using OrleansShop.Engine.Simulation.Network;
using OrleansShop.Engine.Simulation.Storage;
using OrleansShop.Engine.Simulation.Table;

namespace OrleansShop.Engine.Simulation.Faults;

/// <summary>What a seed has in store. Every fifth has planned changes only: silos join and leave, grains move, nothing fails.</summary>
internal sealed record FaultPlan
{
    /// <summary>What a seed has in store.</summary>
    public static FaultPlan Of(int seed)
    {
        var random = new Random(seed);
        var isShort = random.Next(2) == 0;
        var plan = new FaultPlan
        {
            IsPlanned = seed % 5 == 0,
            FirstSilos = 2 + random.Next(3),
            Counters = 4 + random.Next(6),
            Callers = 2 + random.Next(4),
            HasTimers = random.Next(3) > 0,
            HasEchoes = true,
            LeaseDuration = TimeSpan.FromSeconds(isShort ? 3 : 6),
            HeartbeatPeriod = TimeSpan.FromSeconds(isShort ? 0.75 : 1.5),
        };
        if (plan.IsPlanned)
            return plan;
        return plan with
        {
            ResponseTimeout = TimeSpan.FromSeconds(4),
            HandoffTimeout = TimeSpan.FromSeconds(5),
            Trouble = TimeSpan.FromSeconds(12 + random.Next(12)),
            Pace = new(TimeSpan.FromMilliseconds(1 + random.Next(20)), SlowShare: random.Next(20), TimeSpan.FromSeconds(1.5)),
            Table = new(TimeSpan.FromMilliseconds(5 + random.Next(40)), SlowShare: random.Next(30), TimeSpan.FromSeconds(2), LostShare: random.Next(40), LateShare: random.Next(20)),
            Storage = new(TimeSpan.FromMilliseconds(1 + random.Next(20)), SlowShare: random.Next(30), TimeSpan.FromSeconds(1.5), LostShare: random.Next(20), FreezeShare: random.Next(30)),
            Kills = random.Next(20),
            HostLosses = random.Next(12),
            Freezes = random.Next(30),
            Cuts = random.Next(30),
            Resets = random.Next(30),
            TableOutages = random.Next(15),
            Pauses = TimeSpan.FromSeconds(0.3 + (2 * random.NextDouble())),
        };
    }

    /// <summary>A cluster in which nothing changes.</summary>
    public static FaultPlan Steady(int silos, bool hasLoad) => new()
    {
        IsPlanned = true,
        MostSilos = silos,
        FirstSilos = silos,
        Counters = 20,
        Callers = hasLoad ? 8 : 0,
        CallersPerSilo = hasLoad ? 2 : 0,
        LeaseDuration = TimeSpan.FromSeconds(6),
        HeartbeatPeriod = TimeSpan.FromSeconds(1.5),
    };

    /// <summary>The most silos at one time, and hosts for them.</summary>
    public int MostSilos { get; init; } = 5;

    /// <summary>Nothing fails: no call may either.</summary>
    public bool IsPlanned { get; init; }

    public int FirstSilos { get; init; }

    /// <summary>How many counters of each of the two kinds.</summary>
    public int Counters { get; init; }

    /// <summary>How many call at the same time from the client.</summary>
    public int Callers { get; init; }

    /// <summary>How many call at the same time from each silo.</summary>
    public int CallersPerSilo { get; init; } = 2;

    public bool HasTimers { get; init; }

    /// <summary>Whether counters are called back within their own calls.</summary>
    public bool HasEchoes { get; init; }

    public TimeSpan LeaseDuration { get; init; }

    public TimeSpan HeartbeatPeriod { get; init; }

    public TimeSpan HandoffTimeout { get; init; } = TimeSpan.FromSeconds(25);

    public TimeSpan ResponseTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long there is trouble.</summary>
    public TimeSpan Trouble { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The mean pause between two troubles.</summary>
    public TimeSpan Pauses { get; init; } = TimeSpan.FromSeconds(1);

    public NetworkPace Pace { get; init; } = new(TimeSpan.FromMilliseconds(3), SlowShare: 5, TimeSpan.FromMilliseconds(150));

    public TableMood Table { get; init; } = TableMood.Well;

    public StorageMood Storage { get; init; } = StorageMood.Well;

    // How likely each is, of their sum.
    public int Joins { get; init; } = 12;

    public int Leaves { get; init; } = 10;

    public int Kills { get; init; }

    public int HostLosses { get; init; }

    public int Freezes { get; init; }

    public int Cuts { get; init; }

    public int Resets { get; init; }

    public int TableOutages { get; init; }
}
