using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;

namespace OrleansShop.Storage.Aws.Connecting;

/// <summary>
/// Where a service of AWS is and as whom it is called, as the options of the programming model say it. What is left out comes from the SDK's standard chain:
/// environment, profile, container role, instance role.
/// </summary>
/// <param name="Service">The system name of a region, or an http or https URL; null or empty for the standard chain.</param>
/// <param name="AccessKey">With <paramref name="SecretKey"/>: the credentials. Null or empty for the standard chain.</param>
/// <param name="SecretKey">Belongs to <paramref name="AccessKey"/>.</param>
/// <param name="Token">The session token of temporary credentials; null or empty if they are not.</param>
/// <param name="ProfileName">A profile of the shared credentials file, used if there is no <paramref name="AccessKey"/>; null or empty for the standard chain.</param>
internal record AwsEndpoint(string? Service, string? AccessKey = null, string? SecretKey = null, string? Token = null, string? ProfileName = null)
{
    /// <summary>What an emulator is told, which takes any region.</summary>
    private const string AnyRegion = "us-east-1";

    public bool IsUrl => Service?.StartsWith("http://", StringComparison.OrdinalIgnoreCase) == true || Service?.StartsWith("https://", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Where it is alone: what a record says of itself by default has the secret key in it.</summary>
    public sealed override string ToString() => string.IsNullOrEmpty(Service) ? "the region of the environment" : Service;

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

    /// <summary>The credentials that are given; null if the standard chain is to find them.</summary>
    /// <exception cref="AmazonClientException">There is no such profile.</exception>
    public AWSCredentials? Credentials()
    {
        if (!string.IsNullOrEmpty(AccessKey))
            return string.IsNullOrEmpty(Token) ? new BasicAWSCredentials(AccessKey, SecretKey) : new SessionAWSCredentials(AccessKey, SecretKey, Token);
        if (!string.IsNullOrEmpty(ProfileName))
        {
            return new CredentialProfileStoreChain().TryGetAWSCredentials(ProfileName, out var ofProfile)
                ? ofProfile
                : throw new AmazonClientException($"ProfileName is \"{ProfileName}\", and the shared credentials file has no such profile.");
        }

        // Without TLS it is an emulator, which takes any credentials and does not ask which.
        return Service?.StartsWith("http://", StringComparison.OrdinalIgnoreCase) == true ? new BasicAWSCredentials("local", "local") : null;
    }

    /// <summary>The address of a service, and the region that requests to it are signed for.</summary>
    /// <param name="service">What the service is called in host names, such as <c>sqs</c>.</param>
    /// <exception cref="AmazonClientException">No region is given, and the standard chain has none.</exception>
    public (Uri Address, string Region) Locate(string service)
    {
        if (IsUrl)
        {
            var url = new Uri(Service!);
            return (url, RegionIn(url.Host) ?? FallbackRegionFactory.GetRegionEndpoint(includeInstanceMetadata: false)?.SystemName ?? AnyRegion);
        }

        var region = string.IsNullOrEmpty(Service)
            ? FallbackRegionFactory.GetRegionEndpoint() ?? throw new AmazonClientException("There is no region.")
            : RegionEndpoint.GetBySystemName(Service);
        return (new Uri($"https://{service}.{region.SystemName}.{region.PartitionDnsSuffix}/"), region.SystemName);
    }

    // The host names of AWS contain their region, those of private endpoints too.
    private static string? RegionIn(string host) => host.Split('.').FirstOrDefault(IsKnown);

    private static bool IsKnown(string region) => RegionEndpoint.EnumerableAllRegions.Any(known => known.SystemName == region);
}
