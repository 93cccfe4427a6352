using Orleans.Runtime;
using OrleansShop.Engine.Messaging.Connections;
using OrleansShop.Engine.Placement;

namespace OrleansShop.Engine.Messaging;

/// <summary>What comes in that silos and clients do not handle alike.</summary>
internal interface ISiloFrames
{
    /// <summary>A client asks for the view.</summary>
    void ViewWanted(Connection connection);

    /// <summary>A silo has acknowledged a view.</summary>
    void Acknowledged(Connection connection, long version, PartitionSet draining);

    /// <summary>A silo's process is proven to be gone.</summary>
    void Gone(SiloAddress silo, string proof);
}
