using Microsoft.Extensions.Logging.Abstractions;
using OrleansShop.Engine.Sqs.Calling;
using OrleansShop.Engine.Sqs.Connecting;
using Xunit;

namespace OrleansShop.Engine.Sqs.Tests.Connecting;

public sealed class ServiceConnectionTests
{
    [Fact]
    public void Options_as_they_are_made_have_no_fault() => Assert.Empty(ServiceConnection.Faults(new SqsClientOptions()));

    [Fact]
    public void Everything_that_is_wrong_is_said_with_its_option()
    {
        var options = new SqsClientOptions
        {
            Service = "eu-centrl-1",
            SecretKey = "THE-SECRET",
            SessionToken = "THE-TOKEN",
            MaxMessageBytes = 1023,
            MaxNotificationBytes = 0,
            CallTimeout = TimeSpan.Zero,
            GiveUpAfter = TimeSpan.FromTicks(-1),
        };

        var faults = ServiceConnection.Faults(options).ToList();

        Assert.Equal(["AccessKey", "CallTimeout", "GiveUpAfter", "MaxMessageBytes", "MaxNotificationBytes", "Service", "SessionToken"], faults.Select(static fault => fault.Option).Order());
        Assert.DoesNotContain(faults, static fault => fault.Fault.Contains("THE-", StringComparison.Ordinal));
    }

    [Fact]
    public void A_region_is_called_by_its_host_name_and_a_url_as_it_is()
    {
        using var region = Open("eu-central-1");
        using var china = Open("cn-north-1");
        using var url = Open("https://sqs.example.com:8443/");

        Assert.Equal(
            ("https://sqs.eu-central-1.amazonaws.com", "https://sqs.cn-north-1.amazonaws.com.cn", "https://sqs.example.com:8443"), (region.Place, china.Place, url.Place));
        using var topics = new SnsClient(new SqsClientOptions { Service = "eu-central-1", AccessKey = "k", SecretKey = "s" }, NullLogger<SnsClient>.Instance, TimeProvider.System);
        Assert.Equal("https://sns.eu-central-1.amazonaws.com", topics.Place);
    }

    [Fact]
    public void A_profile_that_there_is_not_is_named()
    {
        var missing = Assert.Throws<SqsException>(() => TestQueue.Open("eu-central-1", static options => options.ProfileName = "no-such-profile-anywhere"));

        Assert.Equal(SqsFailure.CredentialsRefused, missing.Failure);
        Assert.Contains("\"no-such-profile-anywhere\"", missing.Message, StringComparison.Ordinal);
    }

    private static SqsClient Open(string service) => TestQueue.Open(service, static options => (options.AccessKey, options.SecretKey) = ("k", "s"));
}
