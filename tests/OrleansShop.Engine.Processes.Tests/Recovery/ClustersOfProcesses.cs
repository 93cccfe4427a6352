using Xunit;

namespace OrleansShop.Engine.Processes.Tests.Recovery;

/// <summary>Tests that start a cluster of processes each and put it under load: one after the other, and beside no other.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ClustersOfProcesses
{
    public const string Name = "clusters of processes under load";
}
