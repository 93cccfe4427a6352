using System.Net;
using Microsoft.Extensions.Configuration;
using OrleansShop.ServiceDefaults.Settings;
using OrleansShop.Strangler.Capabilities;

namespace OrleansShop.ServiceDefaults.Silos;

/// <summary>How the silo of a process finds others and where it keeps data. Sections <c>Cluster</c>, <c>Storage</c> and <c>Streams</c>. Immutable.</summary>
public sealed record SiloSettings
{
    /// <summary><c>Cluster:Id</c>: silos with the same id form one cluster. Default <c>clinic</c>.</summary>
    public string ClusterId { get; init; } = "clinic";

    /// <summary><c>Cluster:ServiceId</c>: under this name states are stored; it outlives clusters. Default <c>clinic</c>.</summary>
    public string ServiceId { get; init; } = "clinic";

    /// <summary><c>Cluster:Membership</c>: where silos find each other. Default <see cref="MembershipKind.Memory"/>.</summary>
    public MembershipKind Membership { get; init; } = MembershipKind.Memory;

    /// <summary><c>Cluster:File</c>: the file that the silos of one machine share. Required with <see cref="MembershipKind.File"/>, else not looked at.</summary>
    public string? MembershipFile { get; init; }

    /// <summary><c>Cluster:SiloPort</c>: the port for other silos. Range 0 to 65,535. Default 0: any free one.</summary>
    public int SiloPort { get; init; }

    /// <summary><c>Cluster:GatewayPort</c>: the port for clients outside the cluster. Range 0 to 65,535. Default 0: it takes none.</summary>
    public int GatewayPort { get; init; }

    /// <summary>
    /// <c>Cluster:AdvertisedAddress</c>: the address by which other processes reach this one, which then listens at all of its machine's. Default null: loopback, for processes of one machine; in an ECS
    /// task the task's.
    /// </summary>
    public IPAddress? AdvertisedAddress { get; init; }

    /// <summary><c>Cluster:AdvertisedSiloPort</c>: the port at that address, where something in between maps ports. Range 1 to 65,535. Default null: <see cref="SiloPort"/>; in an ECS task its host port.</summary>
    public int? AdvertisedSiloPort { get; init; }

    /// <summary>
    /// <c>Cluster:AdvertisedGatewayPort</c>: the same for clients. Range 1 to 65,535. Default null: <see cref="GatewayPort"/>; in an ECS task its host port.
    /// </summary>
    public int? AdvertisedGatewayPort { get; init; }

    /// <summary><c>Cluster:SiloName</c>: the name of the silo, for people. Default null: the engine makes one; in an ECS task the service's name and the task's id.</summary>
    public string? SiloName { get; init; }

    /// <summary><c>Storage:Provider</c>: where grain states and indexes are kept. Default <see cref="StorageKind.Sqlite"/>.</summary>
    public StorageKind Storage { get; init; } = StorageKind.Sqlite;

    /// <summary>
    /// <c>Storage:DataFolder</c>: the folder of the services' files, created if it does not exist; not looked at with <see cref="StorageKind.DynamoDB"/>. Default <c>data/services</c> below the working
    /// directory.
    /// </summary>
    public string DataFolder { get; init; } = Path.Combine("data", "services");

    /// <summary>Section <c>DynamoDB</c>, read if membership or storage is there.</summary>
    public DynamoDBSettings DynamoDB { get; init; } = new();

    /// <summary><c>Streams:Provider</c>: where events wait for those who take them. Default <see cref="StreamKind.Memory"/>.</summary>
    public StreamKind Streams { get; init; } = StreamKind.Memory;

    /// <summary>Section <c>Sqs</c>, read if streams are there.</summary>
    public SqsSettings Sqs { get; init; } = new();

    /// <summary>Reads the settings.</summary>
    /// <exception cref="SiloConfigurationException">Something is wrong; it lists every fault.</exception>
    public static SiloSettings Read(IConfiguration configuration)
    {
        var faults = new List<ConfigurationFault>();
        var settings = Read(configuration, faults);
        return faults.Count == 0 ? settings : throw new SiloConfigurationException(faults);
    }

    /// <summary>Reads the settings and notes every fault; a value that is wrong stays at its default.</summary>
    public static SiloSettings Read(IConfiguration configuration, ICollection<ConfigurationFault> faults)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(faults);
        var defaults = new SiloSettings();
        var reader = new ConfigurationReader(configuration, faults);
        var settings = new SiloSettings
        {
            ClusterId = reader.Text("Cluster:Id") ?? defaults.ClusterId,
            ServiceId = reader.Text("Cluster:ServiceId") ?? defaults.ServiceId,
            Membership = reader.Kind<MembershipKind>("Cluster:Membership") ?? defaults.Membership,
            MembershipFile = reader.Text("Cluster:File"),
            SiloPort = Port("Cluster:SiloPort") ?? defaults.SiloPort,
            GatewayPort = Port("Cluster:GatewayPort") ?? defaults.GatewayPort,
            AdvertisedAddress = Address("Cluster:AdvertisedAddress"),
            AdvertisedSiloPort = Port("Cluster:AdvertisedSiloPort", least: 1),
            AdvertisedGatewayPort = Port("Cluster:AdvertisedGatewayPort", least: 1),
            SiloName = reader.Text("Cluster:SiloName"),
            Storage = reader.Kind<StorageKind>("Storage:Provider") ?? defaults.Storage,
            DataFolder = reader.Text("Storage:DataFolder") ?? defaults.DataFolder,
            Streams = reader.Kind<StreamKind>("Streams:Provider") ?? defaults.Streams,
        };

        if (settings.Membership == MembershipKind.DynamoDB || settings.Storage == StorageKind.DynamoDB)
        {
            settings = settings with { DynamoDB = DynamoDBSettings.Read(configuration, faults) };
        }

        if (settings.Streams == StreamKind.Sqs)
        {
            settings = settings with { Sqs = SqsSettings.Read(configuration, faults) };
        }

        if (settings is { Membership: MembershipKind.File, MembershipFile: null })
        {
            reader.Fault("Cluster:File", given: null, "the path of a file that the silos share, because Cluster:Membership is File");
        }

        return settings;

        IPAddress? Address(string key)
        {
            if (reader.Text(key) is not { } text) return null;
            if (IPAddress.TryParse(text, out var address) && !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any)) return address;
            reader.Fault(key, text, "the IP address of this machine or container that others connect to, such as 10.0.2.100");
            return null;
        }

        int? Port(string key, int least = 0) => reader.Number(key, least, most: ushort.MaxValue);
    }
}

/// <summary>Where silos find each other.</summary>
public enum MembershipKind
{
    /// <summary>In the memory of this process: the silo is alone, or among others of the same process.</summary>
    Memory,

    /// <summary>In a file that the processes of one machine share.</summary>
    File,

    /// <summary>In a DynamoDB table, for processes anywhere.</summary>
    DynamoDB,
}

/// <summary>Where grain states and indexes are kept.</summary>
public enum StorageKind
{
    /// <summary>In files of one folder, which the processes of one machine share.</summary>
    Sqlite,

    /// <summary>In DynamoDB tables, for processes anywhere.</summary>
    DynamoDB,
}

/// <summary>Where events wait for those who take them.</summary>
public enum StreamKind
{
    /// <summary>In the memory of the silos: events that are not delivered go with the processes.</summary>
    Memory,

    /// <summary>In queues of SQS, for processes anywhere.</summary>
    Sqs,
}
