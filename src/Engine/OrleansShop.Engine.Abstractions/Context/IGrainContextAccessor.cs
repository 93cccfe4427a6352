namespace Orleans.Runtime;

/// <summary>Finds the activation that the current code runs in.</summary>
public interface IGrainContextAccessor
{
    /// <summary>The activation that the current code runs in.</summary>
    IGrainContext GrainContext { get; }
}
