using System.Net;
using System.Security.Cryptography;
using System.Text;
using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Orleans.Runtime;
using OrleansShop.Engine.Sqs.Connecting;
using OrleansShop.Engine.Sqs.Receiving;
using OrleansShop.Engine.Sqs.Sending;
using OrleansShop.Engine.Sqs.Streams.Adapting;
using OrleansShop.Engine.Sqs.Streams.Hosting;
using OrleansShop.Storage.Aws.Connecting;

namespace OrleansShop.Engine.Sqs.Streams.LargePayloads;

/// <summary>Keeps the bodies of messages in S3 that are too large for SQS. Thread-safe.</summary>
internal sealed class ClaimChecks : IDisposable
{
    private readonly string _bucket;
    private readonly SqsStreamOptions _options;
    private readonly AmazonS3Client _s3;

    public ClaimChecks(string bucket, SqsClientOptions connection, SqsStreamOptions options)
    {
        (_bucket, _options) = (bucket, options);
        var endpoint = new AwsEndpoint(options.ClaimCheckService ?? connection.Service, connection.AccessKey, connection.SecretKey, connection.SessionToken, connection.ProfileName);
        var (address, region) = endpoint.Locate("s3");
        var config = new AmazonS3Config();
        if (endpoint.IsUrl)
        {
            config.ServiceURL = address.ToString();
            config.AuthenticationRegion = region;
            config.ForcePathStyle = true;
        }
        else
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        }

        _s3 = endpoint.Credentials() is { } credentials ? new AmazonS3Client(credentials, config) : new AmazonS3Client(config);
    }

    /// <summary>Whether a message goes this way.</summary>
    public bool IsFor(SqsOutgoing message, int maxBytes) =>
        MessageRules.SizeInBytes(message) > maxBytes || Encoding.UTF8.GetByteCount(message.Body) >= (_options.ClaimCheckThresholdBytes ?? int.MaxValue);

    /// <summary>Stores the body. The object is there before the message that refers to it; without that message, the bucket's lifecycle has to remove it.</summary>
    /// <returns>The message that refers to it.</returns>
    /// <exception cref="LimitExceededException">It is too large for this too.</exception>
    /// <exception cref="OrleansException">S3 has not taken it.</exception>
    public async Task<SqsOutgoing> StoreAsync(SqsOutgoing message, string what, string queue)
    {
        var bytes = Encoding.UTF8.GetBytes(message.Body);
        if (bytes.Length > _options.MaxClaimCheckBytes)
        {
            throw new LimitExceededException(
                $"What was published at once to {what} has {bytes.Length} bytes; SqsStreamOptions.MaxClaimCheckBytes allows {_options.MaxClaimCheckBytes}. It was not accepted. Publish a reference to it instead.");
        }

        // Names of events may be given twice: what is stored for one message is never that of another.
        var key = $"{_options.ClaimCheckPrefix}{queue}/{RandomNumberGenerator.GetHexString(32, lowercase: true)}";
        using var content = new MemoryStream(bytes, writable: false);
        try
        {
            await _s3.PutObjectAsync(new PutObjectRequest { BucketName = _bucket, Key = key, InputStream = content, ContentType = "application/json" }).ConfigureAwait(false);
        }
        catch (Exception failure) when (MayPass(failure))
        {
            throw new OrleansException(
                $"What was published at once to {what} has {bytes.Length} bytes and goes through the bucket \"{_bucket}\" of S3 (SqsStreamOptions.ClaimCheckBucket), where it could not be stored: {failure.Message} "
                + "It was not accepted; publish it again.",
                failure);
        }

        var attributes = new Dictionary<string, string>(message.Attributes ?? MessageRules.NoAttributes) { [AttributeNames.ClaimCheck] = "s3" };
        return message with { Body = new ClaimCheck(_bucket, key, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes))).Write(), Attributes = attributes };
    }

    /// <summary>Returns the body of a message that refers to it.</summary>
    /// <param name="claims">Null if this process has no bucket.</param>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="UnreadableMessageException">It is not there any more, is something else, or this process has no bucket.</exception>
    public static Task<string> FetchAsync(ClaimChecks? claims, SqsMessage message, CancellationToken cancellationToken) => claims is null
        ? throw new UnreadableMessageException("Its payload is in S3, and SqsStreamOptions.ClaimCheckBucket is not set here.")
        : claims.FetchAsync(claims.Check(message), cancellationToken);

    /// <summary>Whether a failure is one of S3, or of the way to it, and not of the message.</summary>
    public static bool MayPass(Exception failure) => failure is AmazonServiceException or AmazonClientException or HttpRequestException or IOException;

    /// <summary>Removes the body of a message.</summary>
    public Task DeleteAsync(SqsMessage message, CancellationToken cancellationToken) => _s3.DeleteObjectAsync(_bucket, Check(message).Key, cancellationToken);

    public void Dispose() => _s3.Dispose();

    private async Task<string> FetchAsync(ClaimCheck check, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await _s3.GetObjectAsync(_bucket, check.Key, cancellationToken).ConfigureAwait(false);
            if (answer.ContentLength != check.Length) throw new UnreadableMessageException($"Its payload \"{check.Key}\" in the bucket \"{_bucket}\" has {answer.ContentLength} bytes; it should have {check.Length}.");
            var bytes = new byte[check.Length];
            await answer.ResponseStream.ReadExactlyAsync(bytes, cancellationToken).ConfigureAwait(false);
            return Convert.ToHexStringLower(SHA256.HashData(bytes)) == check.Sha256
                ? Encoding.UTF8.GetString(bytes)
                : throw new UnreadableMessageException($"Its payload \"{check.Key}\" in the bucket \"{_bucket}\" is not what its digest says.");
        }
        catch (AmazonS3Exception missing) when (missing.StatusCode == HttpStatusCode.NotFound && missing.ErrorCode != "NoSuchBucket")
        {
            throw new UnreadableMessageException($"Its payload \"{check.Key}\" is not in the bucket \"{_bucket}\" any more.", missing);
        }
    }

    // Who may send to the queue may not thereby read or delete what else this process may.
    private ClaimCheck Check(SqsMessage message)
    {
        var check = ClaimCheck.Read(message.Body);
        if (check.Bucket != _bucket || !check.Key.StartsWith(_options.ClaimCheckPrefix, StringComparison.Ordinal))
            throw new UnreadableMessageException($"Its payload is \"{check.Key}\" in the bucket \"{check.Bucket}\"; payloads are taken from the bucket \"{_bucket}\", with keys that begin with \"{_options.ClaimCheckPrefix}\".");
        return check.Length <= _options.MaxClaimCheckBytes
            ? check
            : throw new UnreadableMessageException($"Its payload has {check.Length} bytes; SqsStreamOptions.MaxClaimCheckBytes allows {_options.MaxClaimCheckBytes}.");
    }
}
