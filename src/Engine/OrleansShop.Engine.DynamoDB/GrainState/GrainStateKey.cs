using System.Text;
using Amazon.DynamoDBv2.Model;
using Orleans.Runtime;
using OrleansShop.Storage.DynamoDB.Tables;

namespace OrleansShop.Engine.DynamoDB.GrainState;

/// <summary>Which item a state is.</summary>
/// <param name="Grain">Whose state.</param>
/// <param name="StateName">Which of the grain's.</param>
/// <param name="Reference">The partition key.</param>
internal readonly record struct GrainStateKey(GrainId Grain, string StateName, string Reference)
{
    /// <summary>Bytes of the key in the item, without the names of its attributes.</summary>
    public int Bytes => Encoding.UTF8.GetByteCount(Reference) + Encoding.UTF8.GetByteCount(StateName);

    public Dictionary<string, AttributeValue> Attributes() => new() { [GrainStateTable.GrainReference] = new(Reference), [GrainStateTable.GrainType] = new(StateName) };

    /// <exception cref="ArgumentException">DynamoDB has no such key.</exception>
    public static GrainStateKey Of(string serviceId, GrainId grain, string stateName)
    {
        ArgumentException.ThrowIfNullOrEmpty(stateName);
        var key = new GrainStateKey(grain, stateName, $"{serviceId}_{KeyText.Of(grain)}");
        KeyText.Check(key.Reference, DynamoDBTable.MaxPartitionKeyBytes, $"The key of {grain}, with the service id in front,");
        KeyText.Check(stateName, DynamoDBTable.MaxSortKeyBytes, $"The name of the state \"{stateName}\" of {grain}");
        return key;
    }

    public override string ToString() => $"the state \"{StateName}\" of {Grain}";
}
