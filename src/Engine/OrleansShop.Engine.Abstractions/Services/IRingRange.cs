namespace Orleans.Runtime;

/// <summary>A part of the ring of all uniform hashes, which may consist of several pieces.</summary>
public interface IRingRange
{
    /// <summary>Whether a hash is in the range.</summary>
    bool InRange(uint value);

    /// <summary>Whether the hash of a grain's id is in the range.</summary>
    sealed bool InRange(GrainId grainId) => InRange(grainId.GetUniformHashCode());
}
