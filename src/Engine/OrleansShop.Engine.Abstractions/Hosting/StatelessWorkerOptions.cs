namespace Orleans.Configuration;

/// <summary>When activations of stateless workers that have nothing to do go.</summary>
public class StatelessWorkerOptions
{
    /// <summary>Whether they go before the usual collection age. Default: true.</summary>
    public bool RemoveIdleWorkers { get; set; } = true;

    /// <summary>How often they are looked at. Default: 500 ms.</summary>
    public TimeSpan IdleWorkersInspectionPeriod { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How often in a row one must be found idle. Default: 1.</summary>
    public int MinIdleCyclesBeforeRemoval { get; set; } = 1;
}
