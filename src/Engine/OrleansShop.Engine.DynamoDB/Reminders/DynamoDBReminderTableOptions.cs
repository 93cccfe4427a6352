namespace Orleans.Configuration;

/// <summary>The options of reminders in DynamoDB as one text.</summary>
public class DynamoDBReminderTableOptions
{
    /// <summary>
    /// Read as <see cref="DynamoDBReminderStorageOptionsExtensions.ParseConnectionString"/> does, before the options that an application sets one by one. Empty for none.
    /// Default "".
    /// </summary>
    public string ConnectionString { get; set; } = "";
}
