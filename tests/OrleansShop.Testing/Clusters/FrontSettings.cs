using System.Text.Json;

namespace OrleansShop.Testing.Clusters;

/// <summary>What a front process of <see cref="CounterCluster"/> is told on its command line.</summary>
/// <param name="DynamoDB">Where the membership table is: an URL.</param>
/// <param name="Cluster">The id of the cluster and of the service.</param>
public sealed record FrontSettings(string DynamoDB, string Cluster)
{
    /// <summary>The role on the command line.</summary>
    public const string Role = "counter-front";

    public string ToArgument() => JsonSerializer.Serialize(this);

    public static FrontSettings Parse(string argument) =>
        JsonSerializer.Deserialize<FrontSettings>(argument) ?? throw new ArgumentException($"'{argument}' has no settings of a front.", nameof(argument));
}
