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

    [Fact]
    public void A_profile_that_there_is_not_is_named()
    {
        var missing = Assert.Throws<DynamoDBTableException>(() => new DynamoDBEndpoint("eu-central-1", ProfileName: "no-such-profile-anywhere").Connect());

        Assert.Contains("\"no-such-profile-anywhere\"", missing.Message, StringComparison.Ordinal);
    }
}
