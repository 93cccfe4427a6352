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
        Assert.Equal(StorageKind.Sqlite, settings.Storage);
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
                "Cluster:Membership (environment: Cluster__Membership) is 'Gossip'; it must be Memory or File or DynamoDB.",
                "Cluster:SiloPort (environment: Cluster__SiloPort) is '65536'; it must be a whole number from 0 to 65535.",
                "Cluster:GatewayPort (environment: Cluster__GatewayPort) is '-1'; it must be a whole number from 0 to 65535.",
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

    [Fact]
    public void Membership_and_storage_in_DynamoDB_take_its_section_and_its_tables_have_the_official_names()
    {
        var settings = Read(("Cluster:Membership", "DynamoDB"), ("Storage:Provider", "dynamodb"), ("DynamoDB:Service", "eu-central-1"), ("DynamoDB:StateTable", "states"), ("DynamoDB:CreateTables", "false"));

        Assert.Equal((MembershipKind.DynamoDB, StorageKind.DynamoDB), (settings.Membership, settings.Storage));
        Assert.Equal(new DynamoDBSettings { Service = "eu-central-1", StateTable = "states", CreateTables = false }, settings.DynamoDB);
        Assert.Equal(("OrleansSilos", "OrleansReminders", "OrleansShopIndex"), (settings.DynamoDB.MembershipTable, settings.DynamoDB.ReminderTable, settings.DynamoDB.IndexTable));
    }

    [Fact]
    public void Every_fault_of_DynamoDB_is_listed_and_no_secret_is()
    {
        var fault = Assert.Throws<SiloConfigurationException>(() => Read(
            ("Storage:Provider", "DynamoDB"), ("DynamoDB:Service", "nowhere-1"), ("DynamoDB:SecretKey", "hidden"), ("DynamoDB:Token", "hidden"), ("DynamoDB:CreateTables", "perhaps"), ("DynamoDB:StateTable", "a b"),
            ("DynamoDB:IndexTable", "OrleansSilos")));

        Assert.Equal(
            [
                "DynamoDB:CreateTables (environment: DynamoDB__CreateTables) is 'perhaps'; it must be true or false.",
                "DynamoDB:StateTable (environment: DynamoDB__StateTable) is 'a b'; it must be 3 to 255 letters, digits, underscores, hyphens and dots, or an ARN.",
                "DynamoDB:Service (environment: DynamoDB__Service) is 'nowhere-1'; it must be a region of AWS, such as eu-central-1, an http or https URL, or empty for the standard chain of the AWS SDK.",
                "DynamoDB:AccessKey (environment: DynamoDB__AccessKey) is missing; it must be there together with DynamoDB:SecretKey, or both left out for the standard chain of the AWS SDK.",
                "DynamoDB:AccessKey (environment: DynamoDB__AccessKey) is missing; it must be there, with DynamoDB:SecretKey, because DynamoDB:Token is.",
                "DynamoDB:IndexTable (environment: DynamoDB__IndexTable) is 'OrleansSilos'; it must be another table than DynamoDB:MembershipTable: their items are laid out otherwise.",
            ],
            fault.Faults.Select(one => one.ToString()));
        Assert.DoesNotContain("hidden", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Events_over_SQS_take_its_section()
    {
        var settings = Read(("Streams:Provider", "sqs"), ("Sqs:Service", "http://127.0.0.1:4566"), ("Sqs:Fifo", "false"), ("Sqs:Queues", "2"), ("Sqs:CreateQueues", "false"), ("Sqs:ClaimCheckBucket", "large"));

        Assert.Equal(StreamKind.Sqs, settings.Streams);
        Assert.Equal(new SqsSettings { Service = "http://127.0.0.1:4566", Fifo = false, Queues = 2, CreateQueues = false, ClaimCheckBucket = "large" }, settings.Sqs);
    }

    [Fact]
    public void Every_fault_of_SQS_is_listed() => Assert.Equal(
        [
            "Sqs:Fifo (environment: Sqs__Fifo) is 'perhaps'; it must be true or false.",
            "Sqs:Queues (environment: Sqs__Queues) is '0'; it must be a whole number from 1 to 1024.",
            "Sqs:CreateQueues (environment: Sqs__CreateQueues) is '1'; it must be true or false.",
        ],
        Assert.Throws<SiloConfigurationException>(() => Read(("Streams:Provider", "Sqs"), ("Sqs:Fifo", "perhaps"), ("Sqs:Queues", "0"), ("Sqs:CreateQueues", "1"))).Faults.Select(static one => one.ToString()));

    [Fact]
    public void What_is_not_used_is_not_looked_at()
    {
        var settings = Read(("DynamoDB:Service", "nowhere-1"), ("Sqs:Queues", "0"));

        Assert.Equal((new DynamoDBSettings(), new SqsSettings()), (settings.DynamoDB, settings.Sqs));
    }

    private static SiloSettings Read(params (string Key, string Value)[] settings) => SiloSettings.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build());
}
