using Orleans.Persistence.DynamoDB;
using Orleans.Storage;

namespace Orleans.Configuration;

/// <summary>Options of grain storage in DynamoDB.</summary>
public class DynamoDBStorageOptions : DynamoDBClientOptions, IStorageProviderSerializerOptions
{
#pragma warning disable CA1707 // The name is part of the public programming model.
    /// <summary>The default of <see cref="InitStage"/>.</summary>
    public const int DEFAULT_INIT_STAGE = ServiceLifecycleStage.ApplicationServices;
#pragma warning restore CA1707

    /// <summary>Under which service states are stored: it is part of their keys. Empty for the cluster's service id. Default "".</summary>
    public string ServiceId { get; set; } = "";

    /// <summary>Whether <see cref="ReadCapacityUnits"/> and <see cref="WriteCapacityUnits"/> are for a table that is created, instead of billing by request. Default false.</summary>
    /// <remarks>The official engine's default is true. The billing and the capacity of a table that is there already are never touched.</remarks>
    public bool UseProvisionedThroughput { get; set; }

    /// <summary>Whether a missing table is created at the start. Default true.</summary>
    public bool CreateIfNotExists { get; set; } = true;

    /// <summary>Whether a table that is there is told to delete expired items, if <see cref="TimeToLive"/> is set and it does not. Default true.</summary>
    public bool UpdateIfExists { get; set; } = true;

    /// <summary>The read capacity of a table that is created with <see cref="UseProvisionedThroughput"/>, in units. At least 1. Default 10.</summary>
    public int ReadCapacityUnits { get; set; } = 10;

    /// <summary>The write capacity of a table that is created with <see cref="UseProvisionedThroughput"/>, in units. At least 1. Default 5.</summary>
    public int WriteCapacityUnits { get; set; } = 5;

    /// <summary>The table. 3 to 255 letters, digits, underscores, hyphens and dots, or an ARN. Default "OrleansGrainState".</summary>
    public string TableName { get; set; } = "OrleansGrainState";

    /// <summary>Whether clearing a state deletes its item. Default false: the item stays without a state, so that its ETag goes on counting.</summary>
    public bool DeleteStateOnClear { get; set; }

    /// <summary>How long after its last write a state exists. At least 1 s; whole seconds count. Default null: for ever.</summary>
    public TimeSpan? TimeToLive { get; set; }

    /// <summary>The stage of the silo's life in which the table is made ready. Default 10,000.</summary>
    public int InitStage { get; set; } = DEFAULT_INIT_STAGE;

    /// <summary>What turns states into bytes; the registered <see cref="IGrainStorageSerializer"/> if it is not set.</summary>
    public IGrainStorageSerializer GrainStorageSerializer { get; set; } = null!;
}
