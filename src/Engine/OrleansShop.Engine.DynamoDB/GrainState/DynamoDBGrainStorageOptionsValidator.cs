using Orleans.Runtime;
using OrleansShop.Engine.DynamoDB;
using OrleansShop.Engine.DynamoDB.GrainState;

namespace Orleans.Configuration;

/// <summary>Checks the options of grain storage in DynamoDB when the silo starts, and lists every fault.</summary>
/// <param name="options">The options.</param>
/// <param name="name">The provider's name.</param>
public class DynamoDBGrainStorageOptionsValidator(DynamoDBStorageOptions options, string name) : IConfigurationValidator
{
    /// <inheritdoc/>
    /// <exception cref="OrleansConfigurationException">An option is out of its range.</exception>
    public void ValidateConfiguration()
    {
        var faults = new OptionFaults($"the DynamoDB grain storage \"{name}\"", nameof(DynamoDBStorageOptions));
        faults.Check(options.Endpoint());
        faults.CheckTable(options.TableName, nameof(options.TableName));
        faults.CheckCapacity(options.UseProvisionedThroughput, options.ReadCapacityUnits, options.WriteCapacityUnits);
        faults.Check(options.TimeToLive is not { } lifetime || lifetime >= TimeSpan.FromSeconds(1), nameof(options.TimeToLive), options.TimeToLive, "1 s or longer, or null");
        faults.ThrowIfAny();
    }
}
