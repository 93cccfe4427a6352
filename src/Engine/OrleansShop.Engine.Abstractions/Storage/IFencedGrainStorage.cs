using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace OrleansShop.Engine.Storage;

/// <summary>
/// Grain storage that keeps a number with each state and refuses writes with a lower one. The engine calls these methods of a provider that has them, and those
/// of <see cref="IGrainStorage"/> of one that has not; there the ETag alone protects what is stored.
/// </summary>
/// <remarks>
/// A process that was frozen in the middle of a write may wake up after its grains have been taken over. Its ETag may still be right, if
/// the next activation has read the state but not written it yet; its number is not.
/// </remarks>
public interface IFencedGrainStorage : IGrainStorage
{
    /// <summary>
    /// Reads a state like <see cref="IGrainStorage.ReadStateAsync{T}(string, GrainId, IGrainState{T}, CancellationToken)"/>. If the stored number is lower than
    /// <see cref="Fence.RaiseBelow"/>, also when there is no state, or belongs to another <see cref="Fence.History"/>, <see cref="Fence.Number"/> is stored in its place first, without
    /// a new ETag.
    /// </summary>
    Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, Fence fence, CancellationToken cancellationToken);

    /// <summary>Stores a state if its ETag is still the stored one, and the stored number, if there is one, is of the same history and not higher than <see cref="Fence.Number"/>, which is stored with it.</summary>
    /// <exception cref="InconsistentStateException">Another version is stored, or a higher number, or one of another history.</exception>
    Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, Fence fence, CancellationToken cancellationToken);

    /// <summary>Removes a state if its ETag is still the stored one, and the stored number, if there is one, is of the same history and not higher than <see cref="Fence.Number"/>. The number stays.</summary>
    /// <exception cref="InconsistentStateException">Another version is stored, or a higher number, or one of another history.</exception>
    Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, Fence fence, CancellationToken cancellationToken);
}
