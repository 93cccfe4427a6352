using System.Runtime.CompilerServices;
using Orleans.Streams;
using OrleansShop.Engine.Sqs.Streams.Adapting;

namespace OrleansShop.Engine.Sqs.Streams.Receiving;

/// <summary>What each message that an agent has was when it was received. Thread-safe.</summary>
internal sealed class HandedOutMessages
{
    // Of adapters of applications, whose messages have no place for it. Costs the garbage collector more than a field does.
    private readonly ConditionalWeakTable<IBatchContainer, HeldMessage> _others = [];

    /// <summary>Remembers it for as long as the agent has <paramref name="batch"/>.</summary>
    public void Add(IBatchContainer batch, HeldMessage held)
    {
        if (batch is SqsBatchContainer ours) ours.Held = held;
        else _others.AddOrUpdate(batch, held);
    }

    /// <summary>Null if it is not from a receiver of this process.</summary>
    public HeldMessage? Find(IBatchContainer batch) => batch is SqsBatchContainer ours ? ours.Held : _others.TryGetValue(batch, out var held) ? held : null;
}
