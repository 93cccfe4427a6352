namespace Orleans.Configuration;

/// <summary>How a silo sends and takes calls.</summary>
public class SiloMessagingOptions : MessagingOptions
{
    /// <summary>The limit if none is set: none.</summary>
    public const int DEFAULT_MAX_ENQUEUED_REQUESTS_SOFT_LIMIT = 0;

    /// <summary>The limit if none is set: none.</summary>
    public const int DEFAULT_MAX_ENQUEUED_REQUESTS_HARD_LIMIT = 0;

    /// <summary>The limit if none is set: none.</summary>
    public const int DEFAULT_MAX_ENQUEUED_REQUESTS_STATELESS_WORKER_SOFT_LIMIT = 0;

    /// <summary>The limit if none is set: none.</summary>
    public const int DEFAULT_MAX_ENQUEUED_REQUESTS_STATELESS_WORKER_HARD_LIMIT = 0;

    /// <summary>The time if none is set: 2 h.</summary>
    public static readonly TimeSpan DEFAULT_MAX_REQUEST_PROCESSING_TIME = TimeSpan.FromHours(2);

    /// <summary>The time if none is set: 0.</summary>
    public static readonly TimeSpan DEFAULT_SHUTDOWN_REROUTE_TIMEOUT = TimeSpan.Zero;

    /// <summary>The time if none is set: 5 min.</summary>
    public static readonly TimeSpan DEFAULT_CLIENT_REGISTRATION_REFRESH = TimeSpan.FromMinutes(5);

    /// <summary>The time if none is set: 30 s.</summary>
    public static readonly TimeSpan DEFAULT_CLIENT_GW_NOTIFICATION_TIMEOUT = TimeSpan.FromSeconds(30);

    /// <summary>The time if none is set: 10 s.</summary>
    public static readonly TimeSpan DEFAULT_WAIT_FOR_MESSAGE_TO_BE_QUEUED_FOR_OUTBOUND_TIME = TimeSpan.FromSeconds(10);

    /// <summary>How often a call that reached the wrong silo is sent on before it fails. Default: 2.</summary>
    public int MaxForwardCount { get; set; } = 2;

    /// <summary>How long a client that lost its connection is remembered. Default: 1 min.</summary>
    public TimeSpan ClientDropTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How often silos tell each other their clients. Default: 5 min.</summary>
    public TimeSpan ClientRegistrationRefresh { get; set; } = DEFAULT_CLIENT_REGISTRATION_REFRESH;

    /// <summary>How long a stopping silo gives its clients to go elsewhere. Default: 30 s.</summary>
    public TimeSpan ClientGatewayShutdownNotificationTimeout { get; set; } = DEFAULT_CLIENT_GW_NOTIFICATION_TIMEOUT;

    /// <summary>How long silos wait for each other. Default: 30 s.</summary>
    public TimeSpan SystemResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>After how long a running call makes its activation count as stuck and be replaced. Default: 2 h.</summary>
    public TimeSpan MaxRequestProcessingTime { get; set; } = DEFAULT_MAX_REQUEST_PROCESSING_TIME;

    /// <summary>After how long a running call is logged. Default: 20 s.</summary>
    public TimeSpan RequestProcessingWarningTime { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>After how long a waiting call is logged. Default: 10 s.</summary>
    public TimeSpan RequestQueueDelayWarningTime { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How many calls may wait for one activation before it is logged; 0 for no limit. Default: 0.</summary>
    public int MaxEnqueuedRequestsSoftLimit { get; set; } = DEFAULT_MAX_ENQUEUED_REQUESTS_SOFT_LIMIT;

    /// <summary>
    /// How many calls may wait for one activation before further ones fail; 0 for no limit. While a turn runs, calls that have arrived wait too, even those that
    /// could go beside the one that runs: of these there may be as many again. Default: 0.
    /// </summary>
    public int MaxEnqueuedRequestsHardLimit { get; set; } = DEFAULT_MAX_ENQUEUED_REQUESTS_HARD_LIMIT;

    /// <summary>The soft limit for stateless workers. Default: 0.</summary>
    public int MaxEnqueuedRequestsSoftLimit_StatelessWorker { get; set; } = DEFAULT_MAX_ENQUEUED_REQUESTS_STATELESS_WORKER_SOFT_LIMIT;

    /// <summary>The hard limit for stateless workers. Default: 0.</summary>
    public int MaxEnqueuedRequestsHardLimit_StatelessWorker { get; set; } = DEFAULT_MAX_ENQUEUED_REQUESTS_STATELESS_WORKER_HARD_LIMIT;

    /// <summary>How long a stopping silo goes on sending calls on to others. Default: 0.</summary>
    public TimeSpan ShutdownRerouteTimeout { get; set; } = DEFAULT_SHUTDOWN_REROUTE_TIMEOUT;

    /// <summary>How long a stopping silo waits for its last messages to be on their way. Default: 10 s.</summary>
    public TimeSpan WaitForMessageToBeQueuedForOutboundTime { get; set; } = DEFAULT_WAIT_FOR_MESSAGE_TO_BE_QUEUED_FOR_OUTBOUND_TIME;

    /// <summary>How often long-running calls are looked for. Default: 5 s.</summary>
    public TimeSpan GrainWorkloadAnalysisPeriod { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Has no effect: a view tells what each silo hosts. Default: false.</summary>
    public bool AssumeHomogenousSilosForTesting { get; set; }

    /// <summary>Has no effect: each connection has its own queue. Default: 0.</summary>
    public int GatewaySenderQueues { get; set; }

    /// <summary>Has no effect: each connection has its own queue. Default: 0.</summary>
    public int SiloSenderQueues { get; set; }
}
