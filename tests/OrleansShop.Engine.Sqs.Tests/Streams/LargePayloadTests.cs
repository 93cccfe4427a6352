using System.Security.Cryptography;
using Amazon.Runtime;
using Amazon.S3;
using OrleansShop.Engine.Sqs.Streams.Hosting;
using OrleansShop.Engine.Streams.DeadLetters;
using OrleansShop.Testing.Sqs;
using OrleansShop.Testing.Waiting;
using Xunit;

namespace OrleansShop.Engine.Sqs.Tests.Streams;

/// <summary>Events of all sizes.</summary>
public sealed class LargePayloadTests(SqsFixture fixture)
{
    private readonly string _name = Guid.NewGuid().ToString("N");

    private StreamId Stream => StreamId.Create("explicit", _name);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(700_000)]
    public async Task An_event_up_to_the_limit_goes_through_the_queue(int length)
    {
        await using var cluster = await StreamCluster.StartAsync(fixture);
        await cluster.Subscribe(_name, Stream);

        await cluster.Stream(Stream).OnNextAsync(Text(length));

        await Inbox.Has(_name, 1);
        Assert.Equal(length, Inbox.Of(_name).Single().Length);
    }

    [Fact]
    public async Task An_event_above_the_limit_is_refused_and_its_publisher_learns_why()
    {
        await using var cluster = await StreamCluster.StartAsync(fixture, new StreamClusterPlan { Options = static options => options.MaxMessageBytes = 20_000 });

        var failure = await Assert.ThrowsAsync<LimitExceededException>(() => cluster.Stream(Stream).OnNextAsync(Text(13_000)));

        Assert.Contains("MaxMessageBytes is 20000", failure.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(SqsStreamOptions.ClaimCheckBucket), failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_poison_event_at_the_limit_becomes_a_dead_letter_with_its_reason()
    {
        await using var cluster = await StreamCluster.StartAsync(fixture, new StreamClusterPlan { MaxAttempts = 1, Options = static options => options.MaxMessageBytes = 20_000 });
        Inbox.Behave(_name, static text => text.StartsWith("error:", StringComparison.Ordinal) ? Task.CompletedTask : throw new InvalidOperationException(new string('ü', 2000)));
        await cluster.Subscribe(_name, Stream);

        await cluster.Stream(Stream).OnNextAsync(Text(11_500));

        var letter = Assert.Single(await cluster.ReceiveDead(0, count: 1));
        Assert.Contains("InvalidOperationException", letter.Attributes["dead-letter"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_larger_event_goes_through_S3_and_is_removed_there_when_it_was_delivered(bool isFifo)
    {
        using var s3 = await OpenS3();
        var bucket = $"b{_name}";
        await s3.PutBucketAsync(bucket);
        await using var cluster = await StreamCluster.StartAsync(fixture, new StreamClusterPlan { IsFifo = isFifo, Options = options => options.ClaimCheckBucket = bucket });
        await cluster.Subscribe(_name, Stream);

        await cluster.Stream(Stream).OnNextAsync(Text(2_000_000));
        await cluster.Stream(Stream).OnNextAsync("small");

        await Inbox.Has(_name, 2);
        Assert.Equal([5, 2_000_000], Inbox.Of(_name).Select(static text => text.Length).Order());
        await Eventually.Holds(async () => (await s3.ListObjectsV2Async(new Amazon.S3.Model.ListObjectsV2Request { BucketName = bucket })).S3Objects is null or { Count: 0 }, "the object is gone");
    }

    [Fact]
    public async Task A_large_dead_letter_keeps_its_payload_until_it_was_sent_again()
    {
        using var s3 = await OpenS3();
        var bucket = $"b{_name}";
        await s3.PutBucketAsync(bucket);
        await using var cluster = await StreamCluster.StartAsync(fixture, new StreamClusterPlan { MaxAttempts = 1, Options = options => (options.ClaimCheckBucket, options.ClaimCheckThresholdBytes) = (bucket, 1000) });
        var isMended = false;
        Inbox.Behave(_name, text => Volatile.Read(ref isMended) || text.StartsWith("error:", StringComparison.Ordinal) ? Task.CompletedTask : throw new InvalidOperationException("not yet"));
        await cluster.Subscribe(_name, Stream);
        await cluster.Stream(Stream).OnNextAsync(Text(5000));
        await Eventually.Holds(async () => (await cluster.DeadLetters.ListAsync(DeadLetterFilter.All, after: null, limit: 10, CancellationToken.None)).Letters.Count == 1, "it is a dead letter");
        await Eventually.Holds(() => cluster.IsEmpty(0), "the queue is empty");

        Volatile.Write(ref isMended, true);
        await cluster.DeadLetters.RedriveAsync(new DeadLetterSelection(Ids: null, DeadLetterFilter.All, Limit: 10, IsDryRun: false), CancellationToken.None);

        await Eventually.Holds(() => Inbox.Of(_name).Any(static text => text.Length == 5000), "it was taken");
    }

    [Fact]
    public async Task An_event_whose_payload_is_not_in_S3_any_more_is_a_dead_letter()
    {
        using var s3 = await OpenS3();
        var bucket = $"b{_name}";
        await s3.PutBucketAsync(bucket);
        await using var cluster = await StreamCluster.StartAsync(fixture, new StreamClusterPlan
        {
            Options = options => (options.ClaimCheckBucket, options.ClaimCheckThresholdBytes) = (bucket, 1000),
            VisibilitySeconds = 3,
            MaxAttempts = 1000,
        });
        Inbox.Behave(_name, static _ => throw new InvalidOperationException("not here"));
        await cluster.Subscribe(_name, Stream);
        var url = await cluster.QueueUrl(0);
        await cluster.Sqs.SendAsync(url, new OrleansShop.Engine.Sqs.Sending.SqsOutgoing($$"""{"bucket":"{{bucket}}","key":"streams/gone","length":10,"sha256":"00"}""")
        {
            Attributes = new Dictionary<string, string> { ["schema-version"] = "1", ["claim-check"] = "s3" },
        });

        var letter = Assert.Single(await cluster.ReceiveDead(0, count: 1));
        Assert.Contains("is not in the bucket", letter.Attributes["exception"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task While_S3_is_away_publishing_fails_and_says_why_and_what_was_accepted_waits(bool isFifo)
    {
        using var s3 = await OpenS3();
        var bucket = $"b{_name}";
        await s3.PutBucketAsync(bucket);
        await using var way = await ClosableWay.OpenAsync(await fixture.EndpointAsync());
        await using var cluster = await StreamCluster.StartAsync(fixture, new StreamClusterPlan
        {
            IsFifo = isFifo,
            Options = options => (options.ClaimCheckBucket, options.ClaimCheckService, options.ClaimCheckThresholdBytes) = (bucket, way.Endpoint, 1000),
        });
        await cluster.Subscribe(_name, Stream);
        var isClosing = true;
        Inbox.Behave(_name, async text =>
        {
            // The first event is delivered when S3 is away, and the others are behind it.
            while (text == "first" && Volatile.Read(ref isClosing)) await Task.Delay(TimeSpan.FromMilliseconds(20));
        });
        await cluster.Stream(Stream).OnNextAsync("before");
        await Inbox.Has(_name, 1);
        await way.CloseAsync();

        var failure = await Assert.ThrowsAsync<OrleansException>(() => cluster.Stream(Stream).OnNextAsync(Text(2000)));
        Assert.Contains($"bucket \"{bucket}\"", failure.Message, StringComparison.Ordinal);
        Assert.Contains("It was not accepted", failure.Message, StringComparison.Ordinal);

        way.Open();
        await cluster.Stream(Stream).OnNextAsync("first");
        await Eventually.Holds(async () => (await cluster.Describe(0)).InFlight == 1, "the first is held");
        await cluster.Stream(Stream).OnNextAsync(Text(2000));
        await way.CloseAsync();
        await cluster.Stream(Stream).OnNextAsync("last");
        Volatile.Write(ref isClosing, false);
        await Eventually.Holds(() => Inbox.Of(_name).Contains("first"), "the first came");
        if (!isFifo) await Eventually.Holds(() => Inbox.Of(_name).Contains("last"), "the last did not wait for the large one");
        way.Open();

        await Inbox.Has(_name, 4);
        if (isFifo) Assert.Equal([6, 5, 2000, 4], Inbox.Of(_name).Select(static text => text.Length));
        Assert.Equal(1, Inbox.Of(_name).Count(static text => text.Length == 2000));
        await Eventually.Holds(() => cluster.IsEmpty(0), "the queue is empty");
        Assert.True(await cluster.IsEmpty(0, isDead: true));
    }

    // Nothing repeats in it.
    private static string Text(int length) => RandomNumberGenerator.GetHexString(length);

    private async Task<AmazonS3Client> OpenS3() =>
        new(new BasicAWSCredentials("local", "local"), new AmazonS3Config { ServiceURL = await fixture.EndpointAsync(), AuthenticationRegion = "us-east-1", ForcePathStyle = true });
}
