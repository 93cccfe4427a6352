using System.Security.Cryptography;
using System.Text;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using OrleansShop.Engine.Sqs.Streams.Hosting;
using OrleansShop.Engine.Sqs.Streams.LargePayloads;

namespace OrleansShop.Engine.Sqs.Tests.Streams.Receiving;

/// <summary>A body in a bucket that no other test has.</summary>
internal sealed class StoredPayload
{
    private readonly string _endpoint;
    private readonly string _bucket = $"b{Guid.NewGuid():N}";

    private StoredPayload(string endpoint) => _endpoint = endpoint;

    public string Text => "a large payload";

    /// <summary>What a message says that refers to it.</summary>
    public string Claim => new ClaimCheck(_bucket, "streams/one", Text.Length, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)))).Write();

    public static async Task<StoredPayload> StoreAsync(string endpoint)
    {
        var payload = new StoredPayload(endpoint);
        using var s3 = new AmazonS3Client(new BasicAWSCredentials("local", "local"), new AmazonS3Config { ServiceURL = endpoint, AuthenticationRegion = "us-east-1", ForcePathStyle = true });
        await s3.PutBucketAsync(payload._bucket);
        await s3.PutObjectAsync(new PutObjectRequest { BucketName = payload._bucket, Key = "streams/one", ContentBody = payload.Text });
        return payload;
    }

    public void Configure(SqsStreamOptions options) => (options.ClaimCheckBucket, options.ClaimCheckService) = (_bucket, _endpoint);
}
