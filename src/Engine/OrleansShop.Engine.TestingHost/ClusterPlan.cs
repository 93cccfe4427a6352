using Microsoft.Extensions.Hosting;
using Orleans.TestingHost;

namespace OrleansShop.Engine.TestingHost;

/// <summary>What the clusters of the two builders differ in: how their hosts come about, and what their silos are called.</summary>
/// <param name="ClusterId">The cluster's id, asked for when it is needed: options may change until then.</param>
/// <param name="NameOf">The name of the silo with a number.</param>
/// <param name="StartSilo">Starts the silo with a number, at new ports if the flag is set.</param>
/// <param name="BuildClient">Builds the client's host.</param>
internal sealed record ClusterPlan<TSilo>(
    Func<string> ClusterId, Func<int, string> NameOf, Func<int, bool, CancellationToken, Task<TSilo>> StartSilo, Func<IHost> BuildClient)
    where TSilo : SiloHandle;
