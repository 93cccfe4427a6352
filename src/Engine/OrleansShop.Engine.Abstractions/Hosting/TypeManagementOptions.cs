namespace Orleans.Configuration;

/// <summary>How often silos look what others host.</summary>
public class TypeManagementOptions
{
    /// <summary>The interval if none is set: 1 min.</summary>
    public static readonly TimeSpan DEFAULT_REFRESH_CLUSTER_INTERFACEMAP_TIME = TimeSpan.FromMinutes(1);

    /// <summary>Has no effect: a view tells what each silo hosts. Default: 1 min.</summary>
    public TimeSpan TypeMapRefreshInterval { get; set; } = DEFAULT_REFRESH_CLUSTER_INTERFACEMAP_TIME;
}
