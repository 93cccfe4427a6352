using OrleansShop.Testing.Network;
using OrleansShop.Testing.Processes;

namespace OrleansShop.Testing.Clusters;

/// <summary>A silo of <see cref="CounterCluster"/>.</summary>
/// <param name="Process">Its process.</param>
/// <param name="Address">Its address with its generation, as the membership table has it.</param>
/// <param name="Place">Where it is in the network that can be cut; null if it is not in one.</param>
public sealed record CounterSilo(ServiceProcess Process, string Address, NetworkPlace? Place);
