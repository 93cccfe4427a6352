using System.Collections.Immutable;
using Amazon.DynamoDBv2;

namespace OrleansShop.Storage.DynamoDB.Tables;

/// <summary>How a table is laid out.</summary>
/// <param name="Purpose">What is in it, for messages: <c>grain states</c>.</param>
/// <param name="PartitionKey">Which items are together.</param>
/// <param name="SortKey">Which of them it is; null if each is alone.</param>
internal sealed record TableLayout(string Purpose, KeyColumn PartitionKey, KeyColumn? SortKey)
{
    /// <summary>Other ways to find items.</summary>
    public ImmutableArray<TableIndex> Indexes { get; init; } = [];

    /// <summary>The attribute after whose time, in seconds of the epoch, DynamoDB deletes an item; null if items stay.</summary>
    public string? TimeToLiveAttribute { get; init; }

    /// <summary>
    /// Whether it has to be so. If not, it is only asked for when the table is created, and left out where the credentials may not do it. Default true.
    /// </summary>
    public bool NeedsTimeToLive { get; init; } = true;

    public override string ToString() => Describe(PartitionKey, SortKey);

    public static string Describe(KeyColumn partitionKey, KeyColumn? sortKey) =>
        $"the partition key {partitionKey}{(sortKey is { } sort ? $" and the sort key {sort}" : " and no sort key")}";
}

/// <summary>An attribute that is a key.</summary>
/// <param name="Name">Of the attribute.</param>
/// <param name="Type">Of its values.</param>
internal readonly record struct KeyColumn(string Name, ScalarAttributeType Type)
{
    public static KeyColumn Text(string name) => new(name, ScalarAttributeType.S);

    public static KeyColumn Number(string name) => new(name, ScalarAttributeType.N);

    public override string ToString() => $"{Name} ({Type.Value})";
}

/// <summary>A global secondary index that has all attributes.</summary>
internal sealed record TableIndex(string Name, KeyColumn PartitionKey, KeyColumn? SortKey)
{
    public override string ToString() => $"{Name} with {TableLayout.Describe(PartitionKey, SortKey)}";
}
