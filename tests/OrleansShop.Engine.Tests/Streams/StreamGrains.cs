using Orleans.Streams;
using Orleans.Streams.Core;
using Xunit;

namespace OrleansShop.Engine.Tests.Streams;

/// <summary>A grain that subscribes when it is told to. Its events go to the inbox with its key, after a prefix that is given.</summary>
public interface ISubscriberGrain : IGrainWithStringKey
{
    Task<Guid> Subscribe(StreamId stream, string prefix);

    Task<Guid> SubscribeToBatches(StreamId stream);

    Task SubscribeFrom(StreamId stream, StreamSequenceToken token);

    Task Unsubscribe(StreamId stream, Guid subscription);

    Task<List<Guid>> Subscriptions(StreamId stream);

    Task<string> TryUseEndedHandle(StreamId stream);

    Task Deactivate();
}

/// <summary>Resumes what it is subscribed to when it is activated, if its key does not say otherwise.</summary>
internal class SubscriberGrain : Grain, ISubscriberGrain
{
    protected string Name => this.GetPrimaryKeyString();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (Name.EndsWith("-forgetful", StringComparison.Ordinal))
            return;

        // The stream of the test has the grain's name.
        foreach (var handle in await Stream(StreamId.Create("explicit", Name)).GetAllSubscriptionHandles())
            await handle.ResumeAsync(Take("resumed"));
    }

    public async Task<Guid> Subscribe(StreamId stream, string prefix) => (await Stream(stream).SubscribeAsync(Take(prefix), Fail, Complete)).HandleId;

    public async Task<Guid> SubscribeToBatches(StreamId stream) => (await Stream(stream).SubscribeAsync(items =>
        Inbox.Take(Name, string.Join(',', items.Select(static item => $"{item.Token.EventIndex}:{item.Item}"))))).HandleId;

    public Task SubscribeFrom(StreamId stream, StreamSequenceToken token) => Stream(stream).SubscribeAsync(Take("from"), Fail, token);

    public async Task Unsubscribe(StreamId stream, Guid subscription)
    {
        var handles = await Stream(stream).GetAllSubscriptionHandles();
        await handles.Single(handle => handle.HandleId == subscription).UnsubscribeAsync();
    }

    public async Task<List<Guid>> Subscriptions(StreamId stream) => [.. (await Stream(stream).GetAllSubscriptionHandles()).Select(static handle => handle.HandleId)];

    public async Task<string> TryUseEndedHandle(StreamId stream)
    {
        var handle = await Stream(stream).SubscribeAsync(Take("never"));
        await handle.UnsubscribeAsync();
        return (await Assert.ThrowsAsync<InvalidOperationException>(() => handle.ResumeAsync(Take("never")))).Message;
    }

    public Task Deactivate()
    {
        this.DeactivateOnIdle();
        return Task.CompletedTask;
    }

    protected Func<string, StreamSequenceToken?, Task> Take(string prefix) => (item, _) => Inbox.Take(Name, $"{prefix}:{item}");

    private IAsyncStream<string> Stream(StreamId stream) => this.GetStreamProvider("Memory").GetStream<string>(stream);

    private Task Fail(Exception error) => Inbox.Take(Name, $"error:{error.GetType().Name}");

    private Task Complete() => Inbox.Take(Name, "completed");
}

/// <summary>Wants to be asked for observers.</summary>
public interface IAskedGrain : ISubscriberGrain;

internal sealed class AskedGrain : SubscriberGrain, IAskedGrain, IStreamSubscriptionObserver
{
    public async Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) => await handleFactory.Create<string>().ResumeAsync(Take("asked"));
}

/// <summary>Keeps its subscription in its state, and resumes it from there.</summary>
public interface IKeeperGrain : IGrainWithStringKey
{
    Task Subscribe(StreamId stream);

    Task Deactivate();
}

public sealed class KeptSubscription
{
    public StreamSubscriptionHandle<string>? Handle { get; set; }

    public StreamSequenceToken? Last { get; set; }
}

internal sealed class KeeperGrain([PersistentState("kept", "PubSubStore")] IPersistentState<KeptSubscription> kept) : Grain, IKeeperGrain
{
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (kept.State.Handle is { } handle)
            kept.State.Handle = await handle.ResumeAsync(Take);
    }

    public async Task Subscribe(StreamId stream)
    {
        kept.State.Handle = await this.GetStreamProvider("Memory").GetStream<string>(stream).SubscribeAsync(Take);
        await kept.WriteStateAsync();
    }

    public Task Deactivate()
    {
        this.DeactivateOnIdle();
        return Task.CompletedTask;
    }

    private async Task Take(string item, StreamSequenceToken? token)
    {
        Assert.True(kept.State.Last is null || token!.CompareTo(kept.State.Last) > 0, "Tokens grow, also over storage.");
        kept.State.Last = token;
        await kept.WriteStateAsync();
        await Inbox.Take(this.GetPrimaryKeyString(), item);
    }
}

public interface IGuidSubscriber : IGrainWithGuidKey
{
    Task<List<Guid>> Subscriptions(StreamId stream);
}

[ImplicitStreamSubscription("implicit-guid")]
internal sealed class GuidSubscriber : Grain, IGuidSubscriber
{
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        // As the usual samples do it: subscribing attaches to the implicit subscription.
        var stream = this.GetStreamProvider("Memory").GetStream<string>(StreamId.Create("implicit-guid", this.GetPrimaryKey()));
        await stream.SubscribeAsync((item, _) => Inbox.Take(this.GetPrimaryKey().ToString("N"), $"guid:{item}"));
    }

    public async Task<List<Guid>> Subscriptions(StreamId stream) =>
        [.. (await this.GetStreamProvider("Memory").GetStream<string>(stream).GetAllSubscriptionHandles()).Select(static handle => handle.HandleId)];
}

public interface IIntegerSubscriber : IGrainWithIntegerKey;

/// <summary>Subscribed by an expression, and asked for observers.</summary>
[RegexImplicitStreamSubscription("^implicit-(long|number)$")]
internal sealed class IntegerSubscriber : Grain, IIntegerSubscriber, IStreamSubscriptionObserver
{
    public Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) =>
        handleFactory.Create<string>().ResumeAsync((item, _) => Inbox.Take($"long-{this.GetPrimaryKeyLong()}", $"{handleFactory.StreamId.GetNamespace()}:{item}"));
}

public interface IStringSubscriber : IGrainWithStringKey;

public sealed class EndsInText : IStreamNamespacePredicate
{
    public string PredicatePattern => "ctor:ends-in-text";

    public bool IsMatch(string streamNamespace) => streamNamespace.EndsWith("-text", StringComparison.Ordinal);
}

/// <summary>Subscribed by a predicate class, with handles that it resumes itself.</summary>
[ImplicitStreamSubscription(typeof(EndsInText))]
internal sealed class StringSubscriber : Grain, IStringSubscriber
{
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        foreach (var handle in await this.GetStreamProvider("Memory").GetStream<string>(StreamId.Create("implicit-text", this.GetPrimaryKeyString())).GetAllSubscriptionHandles())
            await handle.ResumeAsync((item, _) => Inbox.Take(this.GetPrimaryKeyString(), $"text:{item}"));
    }
}

public interface IMappedSubscriber : IGrainWithStringKey;

/// <summary>Its key is the stream's, and something before it.</summary>
public sealed class PrefixMapper : IStreamIdMapper
{
    public IdSpan GetGrainKeyId(Orleans.Metadata.GrainBindings grainBindings, StreamId streamId) => IdSpan.Create($"mapped-{streamId.GetKeyAsString()}");
}

[ImplicitStreamSubscription("implicit-mapped", "prefix")]
internal sealed class MappedSubscriber : Grain, IMappedSubscriber, IStreamSubscriptionObserver
{
    public Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) =>
        handleFactory.Create<string>().ResumeAsync((item, _) => Inbox.Take(this.GetPrimaryKeyString(), item));
}

public interface IContextGrain : IGrainWithStringKey
{
    Task Subscribe(StreamId stream);
}

/// <summary>Notes what came with the event.</summary>
internal sealed class ContextGrain : Grain, IContextGrain
{
    public Task Subscribe(StreamId stream) => this.GetStreamProvider("Memory").GetStream<string>(stream).SubscribeAsync((item, _) =>
        Inbox.Take(this.GetPrimaryKeyString(), $"{item}|{RequestContext.Get("user")}|{System.Diagnostics.Activity.Current?.TraceId}"));
}
