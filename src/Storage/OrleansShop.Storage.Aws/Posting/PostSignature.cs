using System.Security.Cryptography;
using System.Text;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Auth;

namespace OrleansShop.Storage.Aws.Posting;

/// <summary>
/// Signature Version 4 of a POST to the root of a service: what is signed is written out here, by the published specification; the SDK derives the key and signs.
/// </summary>
internal static class PostSignature
{
    /// <summary>The form of <c>X-Amz-Date</c>.</summary>
    public const string TimeFormat = "yyyyMMdd'T'HHmmss'Z'";

    /// <summary>The value of the header <c>Authorization</c>.</summary>
    /// <param name="headers">What is signed, with <c>host</c> and <c>x-amz-date</c>: lower-case names in ordinal order, values without spaces around them.</param>
    /// <param name="payload">The body.</param>
    /// <param name="region">Which region's service it is for.</param>
    /// <param name="service">The name of the service in signatures, such as <c>sqs</c>.</param>
    /// <param name="credentials">Who signs.</param>
    /// <param name="time">The same as in <c>x-amz-date</c>.</param>
    public static string Authorize(
        IReadOnlyList<KeyValuePair<string, string>> headers, ReadOnlySpan<byte> payload, string region, string service, ImmutableCredentials credentials, DateTimeOffset time)
    {
        var names = string.Join(';', headers.Select(static header => header.Key));
        var request = new StringBuilder("POST\n/\n\n");
        foreach (var (name, value) in headers) request.Append(name).Append(':').Append(value).Append('\n');
        request.Append('\n').Append(names).Append('\n').Append(Convert.ToHexStringLower(SHA256.HashData(payload)));

        return AWS4Signer.ComputeSignature(credentials, region, time.UtcDateTime, service, names, request.ToString()).ForAuthorizationHeader;
    }
}
