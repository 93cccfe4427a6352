using OrleansShop.Strangler.Capabilities;
using Xunit;

namespace OrleansShop.Strangler.Tests.Capabilities;

public sealed class RolloutManifestTests
{
    private const string Section = "Capabilities:books:Rollout";

    [Fact]
    public void A_capability_that_says_nothing_has_the_defaults()
    {
        var rollout = Library.Catalog().Get("books").Rollout;

        Assert.Equal([1, 5, 25, 50, 100], rollout.Steps);
        Assert.Equal((TimeSpan.FromMinutes(10), TimeSpan.FromHours(1), 100, false), (rollout.BakeTime, rollout.Patience, rollout.MinRequests, rollout.Lists));
        Assert.Equal(new RolloutLimits(), rollout.Limits);
    }

    [Fact]
    public void What_it_says_is_read()
    {
        var rollout = Library.Catalog(
            ($"{Section}:Steps:0", "20"), ($"{Section}:Steps:1", "100"), ($"{Section}:BakeTime", "1.02:00:00"), ($"{Section}:Patience", "00:00:00"), ($"{Section}:MinRequests", "7"), ($"{Section}:Lists", "true"),
            ($"{Section}:Limits:ErrorPercent", "0.5"), ($"{Section}:Limits:LatencyRatio", "1.5"), ($"{Section}:Limits:LatencyFloor", "00:00:00.020"), ($"{Section}:Limits:DifferentPercent", "0"), ($"{Section}:Limits:Lag", "00:00:30"),
            ($"{Section}:Limits:Unmoved", "12")).Get("books").Rollout;

        Assert.Equal([20, 100], rollout.Steps);
        Assert.Equal((TimeSpan.FromHours(26), TimeSpan.Zero, 7, true), (rollout.BakeTime, rollout.Patience, rollout.MinRequests, rollout.Lists));
        Assert.Equal(
            new RolloutLimits { ErrorPercent = 0.5, LatencyRatio = 1.5, LatencyFloor = TimeSpan.FromMilliseconds(20), DifferentPercent = 0, Lag = TimeSpan.FromSeconds(30), Unmoved = 12 }, rollout.Limits);
    }

    [Theory]
    [InlineData("Steps", "5", "list of 1 to 20")]
    [InlineData("Steps:0", "0", "from 1 to 100")]
    [InlineData("Steps:0", "+5", "from 1 to 100")]
    [InlineData("Steps:0", "50", "100 at the end")]
    [InlineData("BakeTime", "00:00:00.050", "from 00:00:00.1000000 to 7.00:00:00")]
    [InlineData("BakeTime", "10", "such as 00:10:00")]
    [InlineData("BakeTime", "ten minutes", "such as 00:10:00")]
    [InlineData("Patience", "31.00:00:00", "30.00:00:00")]
    [InlineData("MinRequests", "0", "from 1 to 1000000")]
    [InlineData("MinRequests", "1.5", "whole number")]
    [InlineData("Lists", "grains", "true or false")]
    [InlineData("Limits:ErrorPercent", "101", "from 0 to 100")]
    [InlineData("Limits:ErrorPercent", "NaN", "from 0 to 100")]
    [InlineData("Limits:LatencyRatio", "0.9", "from 1 to 1000")]
    [InlineData("Limits:LatencyFloor", "00:02:00", "to 00:01:00")]
    [InlineData("Limits:DifferentPercent", "-1", "from 0 to 100")]
    [InlineData("Limits:Lag", "2.00:00:00", "to 1.00:00:00")]
    [InlineData("Limits:Unmoved", "-1", "from 0")]
    [InlineData("Limits:Errors", "1", "knows ErrorPercent")]
    [InlineData("Bake", "1", "knows Steps")]
    public void A_fault_names_its_key_its_value_and_what_it_should_be(string key, string value, string wanted)
    {
        var faults = Assert.Throws<CapabilityConfigurationException>(() => Library.Catalog(($"{Section}:{key}", value)));

        Assert.Contains($"{Section}:{key.Split(":0")[0]}", faults.Message, StringComparison.Ordinal);
        Assert.Contains(value, faults.Message, StringComparison.Ordinal);
        Assert.Contains(wanted, faults.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Steps_that_do_not_rise_are_faults()
    {
        var faults = Assert.Throws<CapabilityConfigurationException>(() => Library.Catalog(($"{Section}:Steps:0", "5"), ($"{Section}:Steps:1", "5"), ($"{Section}:Steps:2", "100")));
        Assert.Contains("from 6 to 100", faults.Message, StringComparison.Ordinal);
    }
}
