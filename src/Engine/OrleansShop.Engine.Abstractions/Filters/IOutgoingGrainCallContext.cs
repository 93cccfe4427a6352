using Orleans.Runtime;

namespace Orleans;

/// <summary>A call that is about to be sent.</summary>
public interface IOutgoingGrainCallContext : IGrainCallContext
{
    /// <summary>The calling activation, or null if no grain calls.</summary>
    IGrainContext? SourceContext { get; }
}
