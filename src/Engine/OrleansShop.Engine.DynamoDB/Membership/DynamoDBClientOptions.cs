namespace Orleans.Clustering.DynamoDB;

/// <summary>Where DynamoDB is, and as whom it is called.</summary>
public class DynamoDBClientOptions
{
    /// <summary>The access key, together with <see cref="SecretKey"/>. Default null: the standard chain of the SDK, as environment, profile, container or instance role.</summary>
    public string? AccessKey { get; set; }

    /// <summary>The secret key that belongs to <see cref="AccessKey"/>. Default null.</summary>
    public string? SecretKey { get; set; }

    /// <summary>
    /// The system name of a region, such as <c>eu-central-1</c>, or an http or https URL. An http URL without keys is taken for an emulator, which any credentials
    /// are good for. Empty for the standard chain of the SDK. Default "".
    /// </summary>
    public string Service { get; set; } = "";

    /// <summary>The session token of temporary credentials, with both keys. Default null.</summary>
    public string? Token { get; set; }

    /// <summary>A profile of the shared credentials file, if no keys are set. Default null.</summary>
    public string? ProfileName { get; set; }
}
