using System.Diagnostics.Metrics;
using Amazon.Runtime;
using Microsoft.Extensions.Logging;
using OrleansShop.Engine.Sqs.Calling;
using OrleansShop.Storage.Aws.Calling;
using OrleansShop.Storage.Aws.Connecting;
using OrleansShop.Storage.Aws.Posting;

namespace OrleansShop.Engine.Sqs.Connecting;

/// <summary>Makes what calls a service out of the options that say where it is. Nothing is called yet.</summary>
internal static class ServiceConnection
{
    // Ten messages, of which each byte may come as six (\u003c).
    private const int AnswerBytesPerMessageByte = 10 * 6;
    private const int AnswerBytesBesideMessages = 1024 * 1024;

    /// <exception cref="SqsException">There is no region, or no such profile.</exception>
    public static ServiceCalls Open(CalledService service, SqsClientOptions options, IWireProtocol protocol, ILogger logger, TimeProvider time, IMeterFactory? meters)
    {
        var endpoint = EndpointOf(options);
        try
        {
            var (address, region) = endpoint.Locate(service.Prefix);
            var maxAnswerBytes = (int)Math.Min((long)options.MaxMessageBytes * AnswerBytesPerMessageByte + AnswerBytesBesideMessages, Array.MaxLength / 2);
            var posts = new SignedPosts(address, region, service.Prefix, endpoint.Credentials(), maxAnswerBytes, time);
            return new ServiceCalls(service, posts, new RepeatedCalls(service, address.GetLeftPart(UriPartial.Authority), time, logger), protocol, new CallMetrics(meters), time);
        }
        catch (AmazonClientException cause)
        {
            throw new SqsException(
                SqsFailure.CredentialsRefused,
                $"No client for {service.Product} can be made: {cause.Message} Set Service to a region, or AWS_REGION in the environment; credentials come from AccessKey and SecretKey, ProfileName, or the standard chain of the SDK.", cause);
        }
    }

    /// <summary>How long calls are repeated.</summary>
    public static CallPolicy PolicyOf(SqsClientOptions options) => CallPolicy.OfTurns with { GiveUpAfter = options.GiveUpAfter, AttemptTimeout = options.CallTimeout };

    /// <summary>What is wrong with the options: an option and a sentence each.</summary>
    public static IEnumerable<(string Option, string Fault)> Faults(SqsClientOptions options)
    {
        foreach (var (option, fault) in EndpointOf(options).Faults()) yield return (option == nameof(AwsEndpoint.Token) ? nameof(SqsClientOptions.SessionToken) : option, fault);
        if (options.MaxMessageBytes is < 1024 or > int.MaxValue / 64) yield return (nameof(options.MaxMessageBytes), $"is {options.MaxMessageBytes}; it must be between 1024 and {int.MaxValue / 64}");
        if (options.MaxNotificationBytes is < 1024 or > int.MaxValue / 64) yield return (nameof(options.MaxNotificationBytes), $"is {options.MaxNotificationBytes}; it must be between 1024 and {int.MaxValue / 64}");
        if (options.CallTimeout < TimeSpan.FromMilliseconds(100)) yield return (nameof(options.CallTimeout), $"is {options.CallTimeout}; it must be at least 100 ms");
        if (options.GiveUpAfter < TimeSpan.Zero) yield return (nameof(options.GiveUpAfter), $"is {options.GiveUpAfter}; it must be zero or more");
    }

    private static AwsEndpoint EndpointOf(SqsClientOptions options) => new(options.Service, options.AccessKey, options.SecretKey, options.SessionToken, options.ProfileName);
}
