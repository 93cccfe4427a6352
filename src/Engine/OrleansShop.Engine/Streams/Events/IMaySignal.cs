namespace OrleansShop.Engine.Streams.Events;

/// <summary>A message, or an adapter, of a kind of queue that can carry the end of a stream or an error.</summary>
internal interface IMaySignal
{
    /// <summary>Whether this message is one. An adapter says true: its messages may be.</summary>
    bool IsSignal { get; }
}
