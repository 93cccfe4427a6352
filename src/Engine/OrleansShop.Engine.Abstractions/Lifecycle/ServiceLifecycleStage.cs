namespace Orleans;

/// <summary>The stages of a silo or client, in the order of starting; stopping goes the other way.</summary>
public static class ServiceLifecycleStage
{
    /// <summary>Before everything.</summary>
    public const int First = int.MinValue;

    /// <summary>The engine itself is set up.</summary>
    public const int RuntimeInitialize = 2000;

    /// <summary>The engine's services start.</summary>
    public const int RuntimeServices = 4000;

    /// <summary>The engine's storage starts.</summary>
    public const int RuntimeStorageServices = 6000;

    /// <summary>The engine's own grains and system targets start.</summary>
    public const int RuntimeGrainServices = 8000;

    /// <summary>The engine's own grains run.</summary>
    public const int AfterRuntimeGrainServices = 8100;

    /// <summary>The application's services start, its storage providers among them.</summary>
    public const int ApplicationServices = 10000;

    /// <summary>The other silos are tried.</summary>
    public const int ValidateInitialConnectivity = BecomeActive - 99;

    /// <summary>At the stop: the whereabouts of grains are handed over.</summary>
    public const int GrainDirectoryShutdown = GrainDeactivation - 1;

    /// <summary>At the stop: activations go.</summary>
    public const int GrainDeactivation = BecomeActive - 1;

    /// <summary>The silo joins the cluster.</summary>
    public const int BecomeActive = Active - 1;

    /// <summary>The silo serves.</summary>
    public const int Active = 20000;

    /// <summary>After everything.</summary>
    public const int Last = int.MaxValue;
}
