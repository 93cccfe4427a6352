namespace Orleans;

/// <summary>Sees and changes calls as they are sent.</summary>
public interface IOutgoingGrainCallFilter
{
    /// <summary>Handles one call; goes on with <see cref="IGrainCallContext.Invoke"/>.</summary>
    Task Invoke(IOutgoingGrainCallContext context);
}
