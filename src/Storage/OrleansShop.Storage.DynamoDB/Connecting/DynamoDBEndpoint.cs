using Amazon;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Amazon.Util;

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
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(2);

    private bool IsUrl => Service?.StartsWith("http://", StringComparison.OrdinalIgnoreCase) == true || Service?.StartsWith("https://", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>What is wrong with it: an option and a sentence each.</summary>
    public IEnumerable<(string Option, string Fault)> Faults()
    {
        if (IsUrl)
        {
            if (!Uri.TryCreate(Service, UriKind.Absolute, out _)) yield return (nameof(Service), $"is \"{Service}\", which is not a valid URL");
        }
        else if (!string.IsNullOrEmpty(Service) && !IsKnown(Service))
        {
            // The SDK takes any name for a region and fails with the first call, or calls another region.
            yield return (nameof(Service), $"is \"{Service}\", which is neither a region of AWS nor an http or https URL; regions are {string.Join(", ", RegionEndpoint.EnumerableAllRegions.Select(static region => region.SystemName).Order(StringComparer.Ordinal))}");
        }

        if (string.IsNullOrEmpty(AccessKey) != string.IsNullOrEmpty(SecretKey))
        {
            var (given, missing) = string.IsNullOrEmpty(SecretKey) ? (nameof(AccessKey), nameof(SecretKey)) : (nameof(SecretKey), nameof(AccessKey));
            yield return (missing, $"is not set, and {given} is; set both, or neither for the standard credential chain");
        }

        if (!string.IsNullOrEmpty(Token) && string.IsNullOrEmpty(AccessKey)) yield return (nameof(Token), $"is set without {nameof(AccessKey)} and {nameof(SecretKey)}, which it belongs to");
    }

    /// <summary>Creates a client. It repeats nothing by itself: see <see cref="Calling.RepeatedCalls"/>.</summary>
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

    private AWSCredentials? Credentials()
    {
        if (!string.IsNullOrEmpty(AccessKey))
            return string.IsNullOrEmpty(Token) ? new BasicAWSCredentials(AccessKey, SecretKey) : new SessionAWSCredentials(AccessKey, SecretKey, Token);
        if (!string.IsNullOrEmpty(ProfileName))
        {
            return new CredentialProfileStoreChain().TryGetAWSCredentials(ProfileName, out var ofProfile)
                ? ofProfile
                : throw new DynamoDBTableException($"ProfileName is \"{ProfileName}\", and the shared credentials file has no such profile.");
        }

        // Without TLS it is an emulator, which takes any credentials and does not ask which.
        return Service?.StartsWith("http://", StringComparison.OrdinalIgnoreCase) == true ? new BasicAWSCredentials("local", "local") : null;
    }

    private static bool IsKnown(string region) => RegionEndpoint.EnumerableAllRegions.Any(known => known.SystemName == region);
}
