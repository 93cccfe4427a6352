using Orleans;

namespace OrleansShop.Engine.Streams.Memory;

/// <summary>The silo that owns a queue next, for the one that owned it: they may be in different processes.</summary>
internal interface IMemoryQueueHeir : ISystemTarget
{
    /// <summary>Returns which memory the silo's queues are in.</summary>
    [ResponseTimeout("00:00:05")]
    ValueTask<Guid> Memory();

    /// <summary>Takes over messages, in order, and from which number on new ones are numbered.</summary>
    [ResponseTimeout("00:00:10")]
    ValueTask TakeOver(string provider, string queue, List<HandedOverMessage> messages, long last);
}
