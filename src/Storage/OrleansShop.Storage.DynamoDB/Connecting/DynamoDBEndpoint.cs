using Amazon;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.Util;
using OrleansShop.Storage.Aws.Connecting;

namespace OrleansShop.Storage.DynamoDB.Connecting;

/// <summary>
/// Where DynamoDB is and as whom it is called, as the options of the programming model say it. What is left out comes from the SDK's standard chain:
/// environment, profile, container role, instance role.
/// </summary>
/// <param name="Service">The system name of a region, or an http or https URL; null or empty for the standard chain.</param>
/// <param name="AccessKey">With <paramref name="SecretKey"/>: the credentials. Null or empty for the standard chain.</param>
/// <param name="SecretKey">Belongs to <paramref name="AccessKey"/>.</param>
/// <param name="Token">The session token of temporary credentials; null or empty if they are not.</param>
/// <param name="ProfileName">A profile of the shared credentials file, used if there is no <paramref name="AccessKey"/>; null or empty for the standard chain.</param>
internal sealed record DynamoDBEndpoint(string? Service, string? AccessKey = null, string? SecretKey = null, string? Token = null, string? ProfileName = null)
    : AwsEndpoint(Service, AccessKey, SecretKey, Token, ProfileName)
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(2);

    /// <summary>Creates a client. It repeats nothing by itself: see <see cref="DynamoDBConnection.Calls"/>.</summary>
    /// <exception cref="DynamoDBTableException">There is no such profile, or no region.</exception>
    public DynamoDBConnection Connect()
    {
        // Repeating is done outside, where it is known that a write was sent before: a condition that fails may be our own first try's doing.
        var config = new AmazonDynamoDBConfig { MaxErrorRetry = 0, MaxStaleConnectionRetries = 0, ConnectTimeout = ConnectTimeout };
        if (IsUrl)
        {
            config.ServiceURL = Service;

            // What the SDK would find itself, with each request again: by a search of the URL and of the environment's files, a quarter of what a request costs this process.
            config.AuthenticationRegion = AWSSDKUtils.DetermineRegion(Service);
        }
        else if (!string.IsNullOrEmpty(Service))
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(Service);
        }

        try
        {
            var client = Credentials() is { } credentials ? new AmazonDynamoDBClient(credentials, config) : new AmazonDynamoDBClient(config);
            return new DynamoDBConnection(client, config.ServiceURL ?? config.RegionEndpoint?.SystemName ?? "the region of the environment");
        }
        catch (AmazonClientException cause)
        {
            throw new DynamoDBTableException(
                $"No client for DynamoDB can be made: {cause.Message} Set Service to a region, or AWS_REGION in the environment; credentials come from AccessKey and SecretKey, ProfileName, or the standard chain of the SDK.", cause);
        }
    }
}
