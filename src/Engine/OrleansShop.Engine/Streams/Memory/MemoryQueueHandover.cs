using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using OrleansShop.Engine.Calls;
using OrleansShop.Engine.Placement;

namespace OrleansShop.Engine.Streams.Memory;

/// <summary>
/// Carries what is left in a queue to its next owner, if that is in another process. It happens while the agent ends, before the next one
/// may start, so that what was published first is still delivered first.
/// </summary>
/// <param name="heir">This silo's own end; here so that it exists before others call.</param>
/// <param name="location">Knows the next owner; null in a silo without a cluster.</param>
/// <param name="silos">The way to it.</param>
/// <param name="self">This silo.</param>
/// <param name="memory">The memory of this silo's queues.</param>
/// <param name="logger">For what could not be carried.</param>
internal sealed partial class MemoryQueueHandover(
    MemoryQueueHeir heir, IGrainLocation? location, SystemTargets silos, ILocalSiloDetails self, ProcessMemory memory, ILogger<MemoryQueueHandover> logger)
{
    /// <summary>How much goes with one call.</summary>
    private const int BytesAtOnce = 1 << 20;

    private readonly MemoryQueueHeir _heir = heir;
    private readonly ILogger _logger = logger;

    public async Task HandOver(string provider, string queueName, MemoryQueue queue, GrainId agent)
    {
        // Without another owner what is left stays where it is: the agent comes back, or the last silo goes.
        if (location is null || !location.TryGetOwner(agent, out var owner) || owner.Equals(self.SiloAddress))
            return;
        List<MemoryMessage> messages = [];
        var carried = 0;
        try
        {
            var next = silos.Of<IMemoryQueueHeir>(owner, MemoryQueueHeir.SystemTargetName);
            if (await next.Memory() == memory.Id)
                return;
            (messages, var last) = queue.Empty();
            do
            {
                var part = PartOf(messages, carried);
                await next.TakeOver(provider, queueName, part, last);
                carried += part.Count;
            }
            while (carried < messages.Count);
        }
#pragma warning disable CA1031 // The other silo may be on its way out too. What cannot be carried is named, as much as there is.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogNotHandedOver(e, messages.Count == 0 ? queue.Count : messages.Count - carried, queueName, provider, owner);
        }
    }

    private static List<HandedOverMessage> PartOf(List<MemoryMessage> messages, int from)
    {
        var part = new List<HandedOverMessage>();
        for (var bytes = 0; from < messages.Count && bytes < BytesAtOnce; from++)
        {
            var message = messages[from];
            bytes += message.Payload.Length;
            part.Add(HandedOverMessage.Of(message));
        }

        return part;
    }

    [LoggerMessage(1748, LogLevel.Error, "{Count} messages of queue {Queue} of streams in memory of provider {Provider} could not be handed over to {Owner} and are lost.")]
    private partial void LogNotHandedOver(Exception exception, int count, string queue, string provider, SiloAddress owner);
}
