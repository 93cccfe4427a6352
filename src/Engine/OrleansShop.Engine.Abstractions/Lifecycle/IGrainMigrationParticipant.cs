namespace Orleans.Runtime;

/// <summary>Hands state over when an activation moves to another silo.</summary>
public interface IGrainMigrationParticipant
{
    /// <summary>Writes the state, on the silo that is left.</summary>
    void OnDehydrate(IDehydrationContext dehydrationContext);

    /// <summary>Reads the state, on the silo that is moved to.</summary>
    void OnRehydrate(IRehydrationContext rehydrationContext);
}
