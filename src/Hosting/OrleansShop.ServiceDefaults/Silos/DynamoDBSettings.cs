using Microsoft.Extensions.Configuration;
using OrleansShop.ServiceDefaults.Settings;
using OrleansShop.Storage.DynamoDB.Connecting;
using OrleansShop.Storage.DynamoDB.Tables;
using OrleansShop.Strangler.Capabilities;

namespace OrleansShop.ServiceDefaults.Silos;

/// <summary>
/// Where DynamoDB is, as whom it is called and which tables are whose. Section <c>DynamoDB</c>; looked at if <c>Cluster:Membership</c> or <c>Storage:Provider</c> is <c>DynamoDB</c>. Immutable.
/// </summary>
public sealed record DynamoDBSettings
{
    private const string Section = "DynamoDB";

    /// <summary>
    /// <c>DynamoDB:Service</c>: a region of AWS, such as <c>eu-central-1</c>, or an http or https URL. An http URL without credentials is taken for an emulator. Default empty: the standard chain of the SDK, such as
    /// <c>AWS_REGION</c>.
    /// </summary>
    public string Service { get; init; } = "";

    /// <summary><c>DynamoDB:AccessKey</c>, together with <see cref="SecretKey"/>. Default null: the standard chain of the SDK, such as the role of the container.</summary>
    public string? AccessKey { get; init; }

    /// <summary><c>DynamoDB:SecretKey</c>: belongs to <see cref="AccessKey"/>. Default null.</summary>
    public string? SecretKey { get; init; }

    /// <summary><c>DynamoDB:Token</c>: the session token of temporary credentials, with both keys. Default null.</summary>
    public string? Token { get; init; }

    /// <summary><c>DynamoDB:ProfileName</c>: a profile of the shared credentials file, if there are no keys. Default null.</summary>
    public string? ProfileName { get; init; }

    /// <summary><c>DynamoDB:CreateTables</c>: whether missing tables are created, billed by request. Tables that are there are never changed. Default true.</summary>
    public bool CreateTables { get; init; } = true;

    /// <summary><c>DynamoDB:MembershipTable</c>: the members of clusters. Default <c>OrleansSilos</c>.</summary>
    public string MembershipTable { get; init; } = "OrleansSilos";

    /// <summary><c>DynamoDB:StateTable</c>: the states of grains. Default <c>OrleansGrainState</c>.</summary>
    public string StateTable { get; init; } = "OrleansGrainState";

    /// <summary><c>DynamoDB:ReminderTable</c>: the reminders of grains; the built-in engine puts <c>.Sharded</c> behind it. Default <c>OrleansReminders</c>.</summary>
    public string ReminderTable { get; init; } = "OrleansReminders";

    /// <summary><c>DynamoDB:IndexTable</c>: the indexes of the services. Default <c>OrleansShopIndex</c>.</summary>
    public string IndexTable { get; init; } = "OrleansShopIndex";

    internal DynamoDBEndpoint Endpoint => new(Service, AccessKey, SecretKey, Token, ProfileName);

    internal TableRules Rules => new(MayCreate: CreateTables, MayUpdate: false);

    /// <summary>Reads the settings and notes every fault; a value that is wrong stays at its default.</summary>
    internal static DynamoDBSettings Read(IConfiguration configuration, ICollection<ConfigurationFault> faults)
    {
        var defaults = new DynamoDBSettings();
        var reader = new ConfigurationReader(configuration, faults, Section);
        var settings = new DynamoDBSettings
        {
            Service = reader.Text(nameof(Service)) ?? defaults.Service,
            AccessKey = reader.Text(nameof(AccessKey)),
            SecretKey = reader.Text(nameof(SecretKey)),
            Token = reader.Text(nameof(Token)),
            ProfileName = reader.Text(nameof(ProfileName)),
            CreateTables = reader.Flag(nameof(CreateTables)) ?? defaults.CreateTables,
            MembershipTable = Table(nameof(MembershipTable)) ?? defaults.MembershipTable,
            StateTable = Table(nameof(StateTable)) ?? defaults.StateTable,
            ReminderTable = Table(nameof(ReminderTable)) ?? defaults.ReminderTable,
            IndexTable = Table(nameof(IndexTable)) ?? defaults.IndexTable,
        };

        foreach (var (option, _) in settings.Endpoint.Faults()) faults.Add(FaultOf(option));
        foreach (var shared in settings.Tables().GroupBy(static table => table.Name, StringComparer.Ordinal).Where(static named => named.Count() > 1))
            reader.Fault(shared.Last().Key, shared.Key, $"another table than {Section}:{shared.First().Key}: their items are laid out otherwise");
        return settings;

        string? Table(string key)
        {
            if (reader.Text(key) is not { } name || DynamoDBTable.IsName(name)) return reader.Text(key);
            reader.Fault(key, name, "3 to 255 letters, digits, underscores, hyphens and dots, or an ARN");
            return null;
        }

        // What is secret is not repeated.
        ConfigurationFault FaultOf(string option) => option switch
        {
            nameof(Service) => new($"{Section}:{option}", settings.Service, "a region of AWS, such as eu-central-1, an http or https URL, or empty for the standard chain of the AWS SDK"),
            nameof(Token) => new($"{Section}:{nameof(AccessKey)}", Given: null, $"there, with {Section}:{nameof(SecretKey)}, because {Section}:{nameof(Token)} is"),
            _ => new($"{Section}:{option}", Given: null, $"there together with {Section}:{(option == nameof(AccessKey) ? nameof(SecretKey) : nameof(AccessKey))}, or both left out for the standard chain of the AWS SDK"),
        };
    }

    /// <summary>Names the place and no secret.</summary>
    public override string ToString() => $"DynamoDB at {(Service.Length == 0 ? "the standard place" : Service)}";

    private IEnumerable<(string Key, string Name)> Tables() =>
    [
        (nameof(MembershipTable), MembershipTable), (nameof(StateTable), StateTable), (nameof(ReminderTable), ReminderTable), (nameof(IndexTable), IndexTable),
    ];
}
