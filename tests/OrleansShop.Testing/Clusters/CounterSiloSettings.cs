using System.Text.Json;

namespace OrleansShop.Testing.Clusters;

/// <summary>What a silo process of <see cref="CounterCluster"/> is told on its command line.</summary>
/// <param name="DynamoDB">Where its membership table and its grain states are: an URL.</param>
/// <param name="Cluster">The id of the cluster and of the service.</param>
/// <param name="Address">The IP address by which others reach it.</param>
/// <param name="SiloPort">The port for silos, 0 for any.</param>
/// <param name="GatewayPort">The port for clients.</param>
/// <param name="Lease">How long its lease lasts; null for the engine's default.</param>
public sealed record CounterSiloSettings(string DynamoDB, string Cluster, string Address, int SiloPort, int GatewayPort, TimeSpan? Lease)
{
    /// <summary>The role on the command line.</summary>
    public const string Role = "counter-silo";

    public string ToArgument() => JsonSerializer.Serialize(this);

    public static CounterSiloSettings Parse(string argument) =>
        JsonSerializer.Deserialize<CounterSiloSettings>(argument) ?? throw new ArgumentException($"'{argument}' has no settings of a silo.", nameof(argument));
}
