using System.Security.Cryptography;
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

    /// <summary>The item that has the fence of the state when the state is not there.</summary>
    public Dictionary<string, AttributeValue> FenceAttributes() => new() { [GrainStateTable.GrainReference] = new(Reference), [GrainStateTable.GrainType] = new(FenceName()) };

    /// <exception cref="ArgumentException">DynamoDB has no such key, or the name is that of a fence.</exception>
    public static GrainStateKey Of(string serviceId, GrainId grain, string stateName)
    {
        ArgumentException.ThrowIfNullOrEmpty(stateName);
        if (stateName.StartsWith(GrainStateTable.FencePrefix, StringComparison.Ordinal))
            throw new ArgumentException($"The name of the state \"{stateName}\" of {grain} begins with \"{GrainStateTable.FencePrefix}\", as the keys of fences do. Take another.", nameof(stateName));
        var key = new GrainStateKey(grain, stateName, $"{serviceId}_{KeyText.Of(grain)}");
        KeyText.Check(key.Reference, DynamoDBTable.MaxPartitionKeyBytes, $"The key of {grain}, with the service id in front,");
        KeyText.Check(stateName, DynamoDBTable.MaxSortKeyBytes, $"The name of the state \"{stateName}\" of {grain}");
        return key;
    }

    private string FenceName() => GrainStateTable.FencePrefix
        + (Encoding.UTF8.GetByteCount(StateName) <= DynamoDBTable.MaxSortKeyBytes - GrainStateTable.FencePrefix.Length ? StateName : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(StateName))));

    public override string ToString() => $"the state \"{StateName}\" of {Grain}";
}
