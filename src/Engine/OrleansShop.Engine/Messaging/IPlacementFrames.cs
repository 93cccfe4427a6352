using Orleans.Runtime;

namespace OrleansShop.Engine.Messaging;

/// <summary>What silos say to each other about grains that do not live with their owner. Handled in the order in which it comes on a connection.</summary>
internal interface IPlacementFrames
{
    /// <summary>An owner wants this silo to run a grain.</summary>
    void PlaceWanted(SiloAddress owner, GrainId grain, long number, long view, byte[] state);

    /// <summary>A host says whether it has a grain that this silo placed on it.</summary>
    void Answered(SiloAddress host, GrainId grain, long number, bool isThere);

    /// <summary>An owner asks which placements are here, and names the lowest number that may still come.</summary>
    void SettleWanted(SiloAddress owner, long floor, IReadOnlyList<(GrainId Grain, long Number)> placements);

    /// <summary>A grain of a partition that this silo has gained comes from the owner before, who found this silo to be the owner in <paramref name="view"/>.</summary>
    void HandedOver(SiloAddress previous, GrainId grain, long view, byte[] state);

    /// <summary>A grain has left its host for another silo.</summary>
    void Moved(SiloAddress host, GrainId grain, long number, SiloAddress target, byte[] state);
}
