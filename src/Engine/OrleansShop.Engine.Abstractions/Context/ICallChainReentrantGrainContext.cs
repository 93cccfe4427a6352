namespace Orleans.Core.Internal;

/// <summary>An activation that lets calls of a chain back in while that chain has a section open on it.</summary>
public interface ICallChainReentrantGrainContext
{
    /// <summary>Opens a section: calls that carry this id are let in.</summary>
    void OnEnterReentrantSection(Guid reentrancyId);

    /// <summary>Closes a section.</summary>
    void OnExitReentrantSection(Guid reentrancyId);
}
