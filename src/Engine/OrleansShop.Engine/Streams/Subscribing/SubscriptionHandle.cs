using System.Text.Json.Serialization;
using Orleans;
using Orleans.Runtime;
using Orleans.Streams;

namespace OrleansShop.Engine.Streams.Subscribing;

/// <summary>A subscription. What comes out of storage or off the wire finds its way to the streams of this process when it is used in a grain.</summary>
[GenerateSerializer]
[Immutable]
internal sealed class SubscriptionHandle<T> : StreamSubscriptionHandle<T>
{
    [Id(0)]
    private readonly string _provider;

    [Id(1)]
    private readonly StreamId _stream;

    [Id(2)]
    private readonly Guid _id;

    [NonSerialized]
    private SubscriptionDesk? _desk;

    [NonSerialized]
    private bool _isEnded;

    public SubscriptionHandle(SubscriptionDesk? desk, string provider, StreamId stream, Guid id)
    {
        _desk = desk;
        _provider = provider;
        _stream = stream;
        _id = id;
    }

    public override StreamId StreamId => _stream;

    public override string ProviderName => _provider;

    public override Guid HandleId => _id;

    [JsonIgnore]
    private SubscriptionDesk Desk
    {
        get
        {
            if (_isEnded)
                throw new InvalidOperationException($"Subscription {_id} to stream {_stream} of provider \"{_provider}\" has ended: its handle was used to unsubscribe.");
            return _desk ??= SubscriptionDesk.OfThisTurn(_provider);
        }
    }

    public override Task<StreamSubscriptionHandle<T>> ResumeAsync(IAsyncObserver<T> observer, StreamSequenceToken? token = null)
    {
        ArgumentNullException.ThrowIfNull(observer);
        return Desk.Resume(this, new ItemSink<T>(observer, token), token);
    }

    public override Task<StreamSubscriptionHandle<T>> ResumeAsync(IAsyncBatchObserver<T> observer, StreamSequenceToken? token = null)
    {
        ArgumentNullException.ThrowIfNull(observer);
        return Desk.Resume(this, new BatchSink<T>(observer, token), token);
    }

    public override async Task UnsubscribeAsync()
    {
        await Desk.Unsubscribe(_provider, _stream, _id);
        _isEnded = true;
    }

    public override bool Equals(StreamSubscriptionHandle<T>? other) => other is not null && other.HandleId == _id && other.StreamId == _stream && other.ProviderName == _provider;

    public override bool Equals(object? obj) => Equals(obj as StreamSubscriptionHandle<T>);

    public override int GetHashCode() => _id.GetHashCode();

    public override string ToString() => $"{_provider}/{_stream} ({_id:N})";
}
