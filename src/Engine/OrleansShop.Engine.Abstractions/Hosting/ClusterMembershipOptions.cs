namespace Orleans.Configuration;

/// <summary>How silos find out who is in the cluster.</summary>
public class ClusterMembershipOptions
{
    /// <summary>Whether silos declare others dead. Default: true.</summary>
    public bool LivenessEnabled { get; set; } = true;

    /// <summary>How long a probe may take, and how often one is sent. Default: 5 s.</summary>
    public TimeSpan ProbeTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The shortest time that a probe timeout adapts to. Default: 2.5 s, half of the probe timeout.</summary>
    public TimeSpan MinProbeTimeout { get; set; } = TimeSpan.FromSeconds(2.5);

    /// <summary>The longest time that a probe timeout adapts to. Default: 20 s, four times the probe timeout.</summary>
    public TimeSpan MaxProbeTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How often the membership table is read without a reason. Default: 60 s.</summary>
    public TimeSpan TableRefreshTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a suspicion counts. Default: 2 min.</summary>
    public TimeSpan DeathVoteExpirationTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How often a silo writes that it is alive. Default: 30 s.</summary>
    public TimeSpan IAmAliveTablePublishTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a silo tries to join. Default: 5 min.</summary>
    public TimeSpan MaxJoinAttemptTime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Whether a joining silo may declare those dead that kept it from joining. Default: true.</summary>
    public bool EvictWhenMaxJoinAttemptTimeExceeded { get; set; } = true;

    /// <summary>Whether silos tell each other of changes. Default: true.</summary>
    public bool UseLivenessGossip { get; set; } = true;

    /// <summary>How many others a silo probes. Default: 10.</summary>
    public int NumProbedSilos { get; set; } = 10;

    /// <summary>After how many missed probes a silo is suspected. Default: 3.</summary>
    public int NumMissedProbesLimit { get; set; } = 3;

    /// <summary>How many suspicions make a silo dead. Default: 2.</summary>
    public int NumVotesForDeathDeclaration { get; set; } = 2;

    /// <summary>After how many missed writes a silo counts as long gone when another joins. Default: 3.</summary>
    public int NumMissedTableIAmAliveLimit { get; set; } = 3;

    /// <summary>Whether a silo asks another to probe before it suspects one. Default: true.</summary>
    public bool EnableIndirectProbes { get; set; } = true;

    /// <summary>Whether what arrives from a silo counts as a sign of life. Default: true.</summary>
    public bool EnableConnectionLivenessCheck { get; set; } = true;

    /// <summary>Whether a silo that is slow itself is more patient with others. Default: true.</summary>
    public bool ExtendProbeTimeoutDuringDegradation { get; set; } = true;

    /// <summary>How often a silo looks whether it is slow itself. Default: 10 s.</summary>
    public TimeSpan LocalHealthDegradationMonitoringPeriod { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the row of a dead silo is kept. Default: 7 days.</summary>
    public TimeSpan DefunctSiloExpiration { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How often rows of dead silos are removed; null for never. Default: 1 h.</summary>
    public TimeSpan? DefunctSiloCleanupPeriod { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How many rows of dead silos are kept at most; null for any number. Default: 25.</summary>
    public int? MaxDefunctSiloEntries { get; set; } = 25;
}
