using System.ComponentModel.DataAnnotations;

namespace OrleansShop.Engine.Sqs.Connecting;

/// <summary>Where SQS or SNS is, as whom it is called, and what is taken for too long or too large.</summary>
internal sealed class SqsClientOptions
{
    /// <summary>The most bytes that SQS takes in one message, and in one call: 1 MiB.</summary>
    public const int LargestMessageBytes = 1024 * 1024;

    /// <summary>The most bytes that SNS takes in one message, and in one call: 256 KiB.</summary>
    public const int LargestNotificationBytes = 256 * 1024;

    /// <summary>
    /// The system name of a region, such as <c>eu-central-1</c>, or an http or https URL. An http URL without keys is taken for an emulator, which any credentials
    /// are good for. Empty for the standard chain of the SDK. Default "".
    /// </summary>
    public string Service { get; set; } = "";

    /// <summary>The access key, together with <see cref="SecretKey"/>. Default null: the standard chain of the SDK, as environment, profile, container or instance role.</summary>
    public string? AccessKey { get; set; }

    /// <summary>The secret key that belongs to <see cref="AccessKey"/>. Default null.</summary>
    public string? SecretKey { get; set; }

    /// <summary>The session token of temporary credentials, with both keys. Default null.</summary>
    public string? SessionToken { get; set; }

    /// <summary>A profile of the shared credentials file, if no keys are set. Default null.</summary>
    public string? ProfileName { get; set; }

    /// <summary>
    /// The most bytes of a message, with the names, types and values of its attributes, and of all messages of one call together. A queue's own
    /// <c>MaximumMessageSize</c> may be lower. Range 1,024 and more. Default 1,048,576, which is what SQS takes today.
    /// </summary>
    [Range(1024, int.MaxValue / 64)]
    public int MaxMessageBytes { get; set; } = LargestMessageBytes;

    /// <summary>The most bytes of a message that SNS gets, and of all messages of one call. Range 1,024 and more. Default 262,144, which is what SNS takes today.</summary>
    [Range(1024, int.MaxValue / 64)]
    public int MaxNotificationBytes { get; set; } = LargestNotificationBytes;

    /// <summary>How long one try of a call may take; a receive may take its waiting time longer. Range 100 ms and more. Default 5 seconds.</summary>
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// For how long a call is repeated that is throttled or not answered, counted from its first try. A call takes at most this and one <see cref="CallTimeout"/>.
    /// Range zero (no repeating) and more. Default 20 seconds: over before a call to a grain times out.
    /// </summary>
    public TimeSpan GiveUpAfter { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Whether two messages of one group of a FIFO queue never travel in the same call, which costs more calls. Else, when SQS takes a later one of them and
    /// refuses an earlier one for the moment, the two change places. Default true.
    /// </summary>
    public bool KeepsGroupOrder { get; set; } = true;
}
