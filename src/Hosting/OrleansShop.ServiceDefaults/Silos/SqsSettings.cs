using Microsoft.Extensions.Configuration;
using OrleansShop.ServiceDefaults.Settings;
using OrleansShop.Strangler.Capabilities;

namespace OrleansShop.ServiceDefaults.Silos;

/// <summary>Where SQS is, as whom it is called, and which queues there are. Section <c>Sqs</c>; looked at if <c>Streams:Provider</c> is <c>Sqs</c>. The same in every process of a system. Immutable.</summary>
public sealed record SqsSettings
{
    private const string Section = "Sqs";

    /// <summary>The most that <see cref="Queues"/> can be.</summary>
    private const int MostQueues = 1024;

    /// <summary>
    /// <c>Sqs:Service</c>: a region of AWS, such as <c>eu-central-1</c>, or an http or https URL. An http URL without credentials is taken for an emulator. Default empty: the standard chain of the SDK, such as
    /// <c>AWS_REGION</c>.
    /// </summary>
    public string Service { get; init; } = "";

    /// <summary><c>Sqs:AccessKey</c>, together with <see cref="SecretKey"/>. Default null: the standard chain of the SDK, such as the role of the container.</summary>
    public string? AccessKey { get; init; }

    /// <summary><c>Sqs:SecretKey</c>: belongs to <see cref="AccessKey"/>. Default null.</summary>
    public string? SecretKey { get; init; }

    /// <summary><c>Sqs:Token</c>: the session token of temporary credentials, with both keys. Default null.</summary>
    public string? Token { get; init; }

    /// <summary><c>Sqs:Fifo</c>: whether the queues are FIFO queues, which keep the order of each stream whatever happens. Default true.</summary>
    public bool Fifo { get; init; } = true;

    /// <summary><c>Sqs:Queues</c>: how many queues there are. A stream stays in its queue only if this stays as it is. Range 1 to 1024. Default 8.</summary>
    public int Queues { get; init; } = 8;

    /// <summary><c>Sqs:CreateQueues</c>: whether missing queues are created, each with its dead-letter queue. Queues that are there are never changed. Default true.</summary>
    public bool CreateQueues { get; init; } = true;

    /// <summary><c>Sqs:ClaimCheckBucket</c>: the bucket of S3 for events that are too large for SQS. Default null: they are refused.</summary>
    public string? ClaimCheckBucket { get; init; }

    /// <summary>In the form of the programming model.</summary>
    internal string ConnectionString => string.Join(';', new[] { ("Service", Service), ("AccessKey", AccessKey), ("SecretKey", SecretKey), ("SessionToken", Token) }
        .Where(static part => !string.IsNullOrEmpty(part.Item2)).Select(static part => $"{part.Item1}={part.Item2}"));

    /// <summary>Reads the settings and notes every fault; a value that is wrong stays at its default. Where SQS is, its provider checks.</summary>
    internal static SqsSettings Read(IConfiguration configuration, ICollection<ConfigurationFault> faults)
    {
        var defaults = new SqsSettings();
        var reader = new ConfigurationReader(configuration, faults, Section);
        return new SqsSettings
        {
            Service = reader.Text(nameof(Service)) ?? defaults.Service,
            AccessKey = reader.Text(nameof(AccessKey)),
            SecretKey = reader.Text(nameof(SecretKey)),
            Token = reader.Text(nameof(Token)),
            Fifo = reader.Flag(nameof(Fifo)) ?? defaults.Fifo,
            Queues = reader.Number(nameof(Queues), least: 1, most: MostQueues) ?? defaults.Queues,
            CreateQueues = reader.Flag(nameof(CreateQueues)) ?? defaults.CreateQueues,
            ClaimCheckBucket = reader.Text(nameof(ClaimCheckBucket)),
        };
    }

    /// <summary>Names the place and no secret.</summary>
    public override string ToString() => $"SQS at {(Service.Length == 0 ? "the standard place" : Service)}";
}
