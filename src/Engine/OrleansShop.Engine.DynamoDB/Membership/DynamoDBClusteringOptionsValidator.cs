using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Configuration;

namespace OrleansShop.Engine.DynamoDB.Membership;

/// <summary>Checks the options of clustering through DynamoDB when a silo starts, and lists every fault.</summary>
internal sealed class DynamoDBClusteringOptionsValidator(IOptions<DynamoDBClusteringOptions> options) : IConfigurationValidator
{
    public void ValidateConfiguration()
    {
        var given = options.Value;
        var faults = new OptionFaults("DynamoDB clustering", nameof(DynamoDBClusteringOptions));
        faults.Check(given.Endpoint());
        faults.CheckTable(given.TableName, nameof(given.TableName));
        faults.CheckCapacity(given.UseProvisionedThroughput, given.ReadCapacityUnits, given.WriteCapacityUnits);
        faults.ThrowIfAny();
    }
}
