using Orleans.Reminders.DynamoDB;

namespace Orleans.Configuration;

/// <summary>Options of reminders in DynamoDB. The same on every silo.</summary>
public class DynamoDBReminderStorageOptions : DynamoDBClientOptions
{
    /// <summary>The read capacity of a table that is created with <see cref="UseProvisionedThroughput"/>, in units. At least 1. Default 10.</summary>
    public int ReadCapacityUnits { get; set; } = 10;

    /// <summary>The write capacity of a table that is created with <see cref="UseProvisionedThroughput"/>, in units. At least 1. Default 5.</summary>
    public int WriteCapacityUnits { get; set; } = 5;

    /// <summary>Whether <see cref="ReadCapacityUnits"/> and <see cref="WriteCapacityUnits"/> are for a table that is created, instead of billing by request. Default false.</summary>
    /// <remarks>The official engine's default is true. The billing and the capacity of a table that is there already are never touched.</remarks>
    public bool UseProvisionedThroughput { get; set; }

    /// <summary>Whether a missing table is created at the start. Default true.</summary>
    public bool CreateIfNotExists { get; set; } = true;

    /// <summary>Accepted for compatibility: there is nothing about a table of reminders to bring up to date. Default true.</summary>
    public bool UpdateIfExists { get; set; } = true;

    /// <summary>
    /// The official engine's table. Reminders are kept in a table of this name with ".Sharded" behind it, and those of this table, if there is one, are taken over
    /// into it once. 3 to 247 letters, digits, underscores, hyphens and dots. Default "OrleansReminders".
    /// </summary>
    public string TableName { get; set; } = "OrleansReminders";
}
