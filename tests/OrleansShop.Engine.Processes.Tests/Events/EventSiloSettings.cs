using System.Text.Json;

namespace OrleansShop.Engine.Processes.Tests.Events;

/// <summary>What a silo process of <see cref="EventServices"/> is told on its command line.</summary>
/// <param name="Service">Which of the two services it runs.</param>
/// <param name="Folder">Where members, ledgers and the sign that a fault is mended are.</param>
/// <param name="Sqs">Where SQS is: an URL.</param>
/// <param name="IsFifo">Whether the queues are FIFO queues.</param>
/// <param name="Name">The id of the cluster and of its queues.</param>
/// <param name="GatewayPort">The port for clients.</param>
/// <param name="Seed">Of the consumers' random failures.</param>
internal sealed record EventSiloSettings(EventService Service, string Folder, string Sqs, bool IsFifo, string Name, int GatewayPort, int Seed)
{
    /// <summary>The role on the command line.</summary>
    public const string Role = "event-silo";

    public string ToArgument() => JsonSerializer.Serialize(this);

    public static EventSiloSettings Parse(string argument) =>
        JsonSerializer.Deserialize<EventSiloSettings>(argument) ?? throw new ArgumentException($"'{argument}' has no settings of a silo.", nameof(argument));
}
