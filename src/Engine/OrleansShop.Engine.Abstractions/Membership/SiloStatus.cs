namespace Orleans.Runtime;

/// <summary>Where a silo is in its life. It only ever moves forward.</summary>
public enum SiloStatus
{
    /// <summary>Nothing is known.</summary>
    None = 0,

    /// <summary>The silo is about to start.</summary>
    Created = 1,

    /// <summary>The silo joins.</summary>
    Joining = 2,

    /// <summary>The silo serves.</summary>
    Active = 3,

    /// <summary>The silo leaves and hands its grains over.</summary>
    ShuttingDown = 4,

    /// <summary>The silo stops without handing over.</summary>
    Stopping = 5,

    /// <summary>The silo is gone and never comes back under this generation.</summary>
    Dead = 6,
}
