namespace Orleans.Configuration;

/// <summary>When a stream provider starts.</summary>
public class StreamLifecycleOptions
{
    /// <summary>The stage if none is set: that of application services.</summary>
    public const int DEFAULT_INIT_STAGE = ServiceLifecycleStage.ApplicationServices;

    /// <summary>The stage if none is set: active.</summary>
    public const int DEFAULT_START_STAGE = ServiceLifecycleStage.Active;

    /// <summary>The state if none is set: agents are started.</summary>
    public const RunState DEFAULT_STARTUP_STATE = RunState.AgentsStarted;

    /// <summary>What a provider does after the silo's start.</summary>
    [Serializable]
    public enum RunState
    {
        /// <summary>Nothing.</summary>
        None = 0,

        /// <summary>It is ready, and nothing more.</summary>
        Initialized = 1,

        /// <summary>Its agents pull.</summary>
        AgentsStarted = 2,

        /// <summary>Its agents do not pull.</summary>
        AgentsStopped = 3,
    }

    /// <summary>The stage of the silo's life in which the adapter is made. Default: 10000.</summary>
    public int InitStage { get; set; } = DEFAULT_INIT_STAGE;

    /// <summary>The stage of the silo's life in which agents start. Default: 20000.</summary>
    public int StartStage { get; set; } = DEFAULT_START_STAGE;

    /// <summary>Whether agents of queues that this silo owns pull. Default: they do.</summary>
    public RunState StartupState { get; set; } = DEFAULT_STARTUP_STATE;
}
