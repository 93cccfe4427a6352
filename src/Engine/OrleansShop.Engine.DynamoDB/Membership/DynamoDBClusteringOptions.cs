using Orleans.Clustering.DynamoDB;

namespace Orleans.Configuration;

/// <summary>Options of the membership table of silos in DynamoDB.</summary>
public class DynamoDBClusteringOptions : DynamoDBClientOptions
{
    /// <summary>The table. 3 to 255 letters, digits, underscores, hyphens and dots, or an ARN. Many clusters may share it. Default "OrleansSilos".</summary>
    public string TableName { get; set; } = "OrleansSilos";

    /// <summary>The read capacity of a table that is created with <see cref="UseProvisionedThroughput"/>, in units. At least 1. Default 10.</summary>
    public int ReadCapacityUnits { get; set; } = 10;

    /// <summary>The write capacity of a table that is created with <see cref="UseProvisionedThroughput"/>, in units. At least 1. Default 5.</summary>
    public int WriteCapacityUnits { get; set; } = 5;

    /// <summary>Whether <see cref="ReadCapacityUnits"/> and <see cref="WriteCapacityUnits"/> are for a table that is created, instead of billing by request. Default false.</summary>
    /// <remarks>The official engine's default is true. The billing and the capacity of a table that is there already are never touched.</remarks>
    public bool UseProvisionedThroughput { get; set; }

    /// <summary>Whether a missing table is created at the start. Default true.</summary>
    public bool CreateIfNotExists { get; set; } = true;

    /// <summary>Kept for programs that set it: nothing of a table that is there is ever changed. Default true.</summary>
    public bool UpdateIfExists { get; set; } = true;
}
