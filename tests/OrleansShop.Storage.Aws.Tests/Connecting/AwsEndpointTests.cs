using Amazon.Runtime;
using OrleansShop.Storage.Aws.Connecting;
using Xunit;

namespace OrleansShop.Storage.Aws.Tests.Connecting;

public sealed class AwsEndpointTests
{
    [Theory]
    [InlineData("eu-centrl-1")]
    [InlineData("us-west-2 ")]
    [InlineData("localhost:8000")]
    public void A_region_that_there_is_not_is_a_fault_that_names_those_that_there_are(string service)
    {
        var (option, fault) = Assert.Single(new AwsEndpoint(service).Faults());

        Assert.Equal("Service", option);
        Assert.Contains($"\"{service}\"", fault, StringComparison.Ordinal);
        Assert.Contains("eu-central-1", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://", "Service")]
    [InlineData(null, "SecretKey", "key")]
    [InlineData(null, "AccessKey", null, "secret")]
    [InlineData(null, "Token", null, null, "token")]
    public void What_does_not_fit_together_is_a_fault(string? service, string option, string? accessKey = null, string? secretKey = null, string? token = null) =>
        Assert.Equal(option, Assert.Single(new AwsEndpoint(service, accessKey, secretKey, token).Faults()).Option);

    [Fact]
    public void Nothing_set_is_no_fault_and_neither_is_everything()
    {
        Assert.Empty(new AwsEndpoint("").Faults());
        Assert.Empty(new AwsEndpoint("eu-central-1", "key", "secret", "token", "profile").Faults());
    }

    [Theory]
    [InlineData("eu-central-1", "https://sqs.eu-central-1.amazonaws.com/", "eu-central-1")]
    [InlineData("cn-north-1", "https://sqs.cn-north-1.amazonaws.com.cn/", "cn-north-1")]
    [InlineData("us-gov-west-1", "https://sqs.us-gov-west-1.amazonaws.com/", "us-gov-west-1")]
    [InlineData("https://sqs.eu-west-3.amazonaws.com", "https://sqs.eu-west-3.amazonaws.com/", "eu-west-3")]
    [InlineData("https://vpce-0123-abc.sqs.eu-west-3.vpce.amazonaws.com", "https://vpce-0123-abc.sqs.eu-west-3.vpce.amazonaws.com/", "eu-west-3")]
    public void A_service_is_where_its_region_or_url_says(string service, string address, string region) =>
        Assert.Equal((new Uri(address), region), new AwsEndpoint(service).Locate("sqs"));

    [Fact]
    public void An_endpoint_that_is_printed_shows_no_secret() =>
        Assert.Equal(("eu-central-1", "the region of the environment"), ($"{new AwsEndpoint("eu-central-1", "key", "secret", "token")}", $"{new AwsEndpoint("", "key", "secret")}"));

    [Fact]
    public void Given_keys_are_the_credentials()
    {
        var plain = new AwsEndpoint("eu-central-1", "key", "secret").Credentials()!.GetCredentials();
        var temporary = new AwsEndpoint("eu-central-1", "key", "secret", "token", "profile").Credentials()!.GetCredentials();

        Assert.Equal(("key", "secret", false), (plain.AccessKey, plain.SecretKey, plain.UseToken));
        Assert.Equal(("key", "secret", "token"), (temporary.AccessKey, temporary.SecretKey, temporary.Token));
    }

    [Fact]
    public void An_emulator_needs_none_and_everything_else_has_the_standard_chain()
    {
        Assert.NotNull(new AwsEndpoint("http://127.0.0.1:8000").Credentials());
        Assert.Null(new AwsEndpoint("https://127.0.0.1:8000").Credentials());
        Assert.Null(new AwsEndpoint("eu-central-1").Credentials());
    }

    [Fact]
    public void A_profile_that_there_is_not_is_named() => Assert.Contains(
        "\"no-such-profile-anywhere\"", Assert.Throws<AmazonClientException>(() => new AwsEndpoint("eu-central-1", ProfileName: "no-such-profile-anywhere").Credentials()).Message, StringComparison.Ordinal);
}
