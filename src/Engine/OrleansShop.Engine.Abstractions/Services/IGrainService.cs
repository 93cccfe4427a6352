namespace Orleans.Services;

/// <summary>A service that runs on every silo, each for the grains whose share of the ring that silo has.</summary>
public interface IGrainService : ISystemTarget;
