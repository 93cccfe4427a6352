namespace OrleansShop.Engine.Simulation.Cluster;

/// <summary>What is wrong with a cluster in a run that has to fail.</summary>
internal enum Variant
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Silos believe that their leases last for an hour.</summary>
    NoLeaseCheck,

    /// <summary>Silos do not wait for the acknowledgements of the others before they open what they gain.</summary>
    NoHandoffAcknowledgement,

    /// <summary>Storage takes every write whose ETag is right.</summary>
    NoFences,
}
