using Orleans.Storage;

namespace Orleans.Configuration;

/// <summary>Options of grain storage in memory.</summary>
public class MemoryGrainStorageOptions : IStorageProviderSerializerOptions
{
    /// <summary>The default of <see cref="NumStorageGrains"/>.</summary>
    public const int NumStorageGrainsDefaultValue = 10;

#pragma warning disable CA1707 // The name is part of the public programming model.
    /// <summary>The default of <see cref="InitStage"/>.</summary>
    public const int DEFAULT_INIT_STAGE = ServiceLifecycleStage.ApplicationServices;
#pragma warning restore CA1707

    /// <summary>Accepted for compatibility: states are not kept in grains here. At least 1. Default 10.</summary>
    public int NumStorageGrains { get; set; } = NumStorageGrainsDefaultValue;

    /// <summary>Accepted for compatibility: there is nothing to initialize. Default 10,000.</summary>
    public int InitStage { get; set; } = DEFAULT_INIT_STAGE;

    /// <summary>What turns states into bytes; the registered <see cref="IGrainStorageSerializer"/> if it is not set.</summary>
    public IGrainStorageSerializer GrainStorageSerializer { get; set; } = null!;
}
