namespace Orleans.Runtime;

/// <summary>The stages of one activation, see <see cref="GrainLifecycleStage"/>.</summary>
public interface IGrainLifecycle : ILifecycleObservable
{
    /// <summary>Adds something that hands its state over when the activation moves.</summary>
    void AddMigrationParticipant(IGrainMigrationParticipant participant);

    /// <summary>Removes what was added.</summary>
    void RemoveMigrationParticipant(IGrainMigrationParticipant participant);
}
