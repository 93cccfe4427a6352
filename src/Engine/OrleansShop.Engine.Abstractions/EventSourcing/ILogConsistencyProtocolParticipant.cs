namespace Orleans.EventSourcing;

/// <summary>A grain that has steps of its own around activation and deactivation.</summary>
public interface ILogConsistencyProtocolParticipant
{
    /// <summary>Runs before <c>OnActivateAsync</c>.</summary>
    Task PreActivateProtocolParticipant();

    /// <summary>Runs after <c>OnActivateAsync</c>.</summary>
    Task PostActivateProtocolParticipant();

    /// <summary>Runs after <c>OnDeactivateAsync</c>.</summary>
    Task DeactivateProtocolParticipant();
}
