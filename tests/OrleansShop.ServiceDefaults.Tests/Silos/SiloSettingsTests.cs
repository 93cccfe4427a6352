using Microsoft.Extensions.Configuration;
using OrleansShop.ServiceDefaults.Silos;
using Xunit;

namespace OrleansShop.ServiceDefaults.Tests.Silos;

public sealed class SiloSettingsTests
{
    [Fact]
    public void Nothing_configured_is_one_silo_in_memory_on_any_port()
    {
        var settings = Read();

        Assert.Equal((MembershipKind.Memory, null, 0, 0), (settings.Membership, settings.MembershipFile, settings.SiloPort, settings.GatewayPort));
        Assert.Equal(("clinic", "clinic", Path.Combine("data", "services")), (settings.ClusterId, settings.ServiceId, settings.DataFolder));
    }

    [Fact]
    public void What_is_configured_is_taken()
    {
        var settings = Read(("Cluster:Membership", "file"), ("Cluster:File", "/tmp/silos.json"), ("Cluster:SiloPort", "11111"), ("Storage:DataFolder", "/tmp/states"));

        Assert.Equal((MembershipKind.File, "/tmp/silos.json", 11111, "/tmp/states"), (settings.Membership, settings.MembershipFile, settings.SiloPort, settings.DataFolder));
    }

    [Fact]
    public void Every_fault_is_listed_at_once_with_key_variable_and_value()
    {
        var fault = Assert.Throws<SiloConfigurationException>(() => Read(("Cluster:Membership", "Gossip"), ("Cluster:SiloPort", "65536"), ("Cluster:GatewayPort", "-1")));

        Assert.Equal(
            [
                "Cluster:Membership (environment: Cluster__Membership) is 'Gossip'; it must be Memory or File.",
                "Cluster:SiloPort (environment: Cluster__SiloPort) is '65536'; it must be a number from 0 to 65535.",
                "Cluster:GatewayPort (environment: Cluster__GatewayPort) is '-1'; it must be a number from 0 to 65535.",
            ],
            fault.Faults.Select(one => one.ToString()));
    }

    [Theory]
    [InlineData("File")]
    [InlineData("FILE")]
    public void Membership_in_a_file_needs_the_file(string membership) => Assert.Equal(
        "Cluster:File (environment: Cluster__File) is missing; it must be the path of a file that the silos share, because Cluster:Membership is File.",
        Assert.Single(Assert.Throws<SiloConfigurationException>(() => Read(("Cluster:Membership", membership))).Faults).ToString());

    [Theory]
    [InlineData("1")]
    [InlineData("Memory,File")]
    public void A_membership_is_named_not_numbered(string membership) =>
        Assert.Throws<SiloConfigurationException>(() => Read(("Cluster:Membership", membership), ("Cluster:File", "silos.json")));

    private static SiloSettings Read(params (string Key, string Value)[] settings) => SiloSettings.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build());
}
