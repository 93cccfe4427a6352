using OrleansShop.Storage.DynamoDB.Connecting;
using Xunit;

namespace OrleansShop.Storage.DynamoDB.Tests.Connecting;

public sealed class DynamoDBEndpointTests
{
    [Fact]
    public void A_region_is_called_by_its_name()
    {
        using var connection = new DynamoDBEndpoint("eu-central-1", "key", "secret").Connect();

        Assert.Equal("eu-central-1", connection.Place);
        Assert.Equal("eu-central-1", connection.Client.Config.RegionEndpoint.SystemName);
        Assert.Equal(0, connection.Client.Config.MaxErrorRetry);
    }

    [Theory]
    [InlineData("http://127.0.0.1:8000")]
    [InlineData("https://dynamodb.example.com/")]
    public void A_url_is_called_as_it_is(string url)
    {
        using var connection = new DynamoDBEndpoint(url, "key", "secret").Connect();

        Assert.Equal(url.TrimEnd('/'), connection.Client.Config.ServiceURL.TrimEnd('/'));
    }

    [Theory]
    [InlineData("eu-centrl-1")]
    [InlineData("us-west-2 ")]
    [InlineData("localhost:8000")]
    public void A_region_that_there_is_not_is_a_fault_that_names_those_that_there_are(string service)
    {
        var (option, fault) = Assert.Single(new DynamoDBEndpoint(service).Faults());

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
        Assert.Equal(option, Assert.Single(new DynamoDBEndpoint(service, accessKey, secretKey, token).Faults()).Option);

    [Fact]
    public void Nothing_set_is_no_fault_and_neither_is_everything()
    {
        Assert.Empty(new DynamoDBEndpoint("").Faults());
        Assert.Empty(new DynamoDBEndpoint("eu-central-1", "key", "secret", "token", "profile").Faults());
    }

    [Fact]
    public void A_profile_that_there_is_not_is_named()
    {
        var missing = Assert.Throws<DynamoDBTableException>(() => new DynamoDBEndpoint("eu-central-1", ProfileName: "no-such-profile-anywhere").Connect());

        Assert.Contains("\"no-such-profile-anywhere\"", missing.Message, StringComparison.Ordinal);
    }
}
