using Orleans.Streams;

namespace OrleansShop.Engine.Tests.Streams;

/// <summary>A grain that subscribes when it is told to. Events are written to the inbox with the grain's key, with a prefix that is given.</summary>
public interface ISubscriberGrain : IGrainWithStringKey
{
    Task<Guid> Subscribe(StreamId stream, string prefix);

    Task Unsubscribe(StreamId stream, Guid subscription);

    Task<List<Guid>> Subscriptions(StreamId stream);

    Task Deactivate();
}

/// <summary>Resumes what it is subscribed to when it is activated, if its key says so.</summary>
internal sealed class SubscriberGrain : Grain, ISubscriberGrain
{
    private readonly Dictionary<Guid, StreamSubscriptionHandle<string>> _handles = [];

    private string Name => this.GetPrimaryKeyString();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (Name.EndsWith("-forgetful", StringComparison.Ordinal))
            return;

        // The stream of the test has the grain's name.
        foreach (var handle in await this.GetStreamProvider("Memory").GetStream<string>(StreamId.Create("explicit", Name)).GetAllSubscriptionHandles())
            _handles[handle.HandleId] = await handle.ResumeAsync(Take("resumed"));
    }

    public async Task<Guid> Subscribe(StreamId stream, string prefix)
    {
        var handle = await this.GetStreamProvider("Memory").GetStream<string>(stream).SubscribeAsync(Take(prefix));
        _handles[handle.HandleId] = handle;
        return handle.HandleId;
    }

    public async Task Unsubscribe(StreamId stream, Guid subscription)
    {
        var handles = await this.GetStreamProvider("Memory").GetStream<string>(stream).GetAllSubscriptionHandles();
        await handles.Single(handle => handle.HandleId == subscription).UnsubscribeAsync();
    }

    public async Task<List<Guid>> Subscriptions(StreamId stream) =>
        [.. (await this.GetStreamProvider("Memory").GetStream<string>(stream).GetAllSubscriptionHandles()).Select(static handle => handle.HandleId)];

    public Task Deactivate()
    {
        this.DeactivateOnIdle();
        return Task.CompletedTask;
    }

    private Func<string, StreamSequenceToken?, Task> Take(string prefix) => (item, _) =>
    {
        Inbox.Of(Name).Enqueue($"{prefix}:{item}");
        return Task.CompletedTask;
    };
}
