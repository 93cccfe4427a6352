using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using OrleansShop.Gateway.Forwarding;
using OrleansShop.Gateway.Repair;
using OrleansShop.Gateway.Settings;
using OrleansShop.Gateway.Tests.Fixtures;
using Xunit;

namespace OrleansShop.Gateway.Tests.Settings;

public sealed class GatewaySettingsTests
{
    [Fact]
    public void A_wrong_configuration_lists_every_fault_at_once()
    {
        var wrong = new Dictionary<string, string?>
        {
            ["Gateway:Monolith"] = "localhost:9966",
            ["Gateway:DataFolder"] = " ",
            ["Gateway:Monolit"] = "http://127.0.0.1:1",
            ["Gateway:Forwarding:ConnectTimeout"] = "soon",
            ["Gateway:Forwarding:ActivityTimeout"] = "00:00:00",
            ["Gateway:Forwarding:TrustedProxies"] = "10.0.0.0/99",
            ["Gateway:Following:StaleAfter"] = "9.00:00:00",
            ["Capabilities:owners:Service"] = "nowhere",
        };

        var refusal = Assert.Throws<GatewayConfigurationException>(() => TestGateway.Create("unused", wrong));

        var expected = wrong.Keys.Order(StringComparer.Ordinal);
        Assert.Equal(expected, refusal.Faults.Select(static fault => fault.Key).Distinct().Order(StringComparer.Ordinal));
        foreach (var (key, value) in wrong)
        {
            Assert.Contains($"{key} (environment: {key.Replace(":", "__", StringComparison.Ordinal)}) is '{value}'; it must be", refusal.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void More_processes_than_can_be_told_apart_are_refused()
    {
        var many = string.Join(';', Enumerable.Range(1, 65).Select(static i => $"http://10.0.0.{i}"));
        var refusal = Assert.Throws<GatewayConfigurationException>(
            () => TestGateway.Create("unused", new Dictionary<string, string?> { ["Gateway:Monolith"] = many, ["Capabilities:pets:Service"] = many }));
        Assert.Equal(["Gateway:Monolith", "Capabilities:pets:Service"], refusal.Faults.Select(static fault => fault.Key));
    }

    [Theory]
    [InlineData(typeof(ForwardingOptions))]
    [InlineData(typeof(RepairOptions))]
    public void Every_default_lies_in_its_range(Type options)
    {
        var defaults = Activator.CreateInstance(options)!;
        var ranges = options.GetProperties().Select(static property => (Property: property, Range: property.GetCustomAttribute<RangeAttribute>())).Where(static pair => pair.Range is not null).ToList();
        Assert.NotEmpty(ranges);
        foreach (var (property, range) in ranges)
        {
            Assert.True(range!.IsValid(property.GetValue(defaults)), string.Create(CultureInfo.InvariantCulture, $"{property.Name}: {property.GetValue(defaults)}"));
        }
    }
}
