using Orleans.Streams;
using Orleans.Streams.Core;

namespace OrleansShop.Engine.Sqs.Tests.Streams;

/// <summary>A grain that subscribes when it is told to. Its events go to the inbox with its key.</summary>
public interface ISubscriber : IGrainWithStringKey
{
    Task<Guid> Subscribe(StreamId stream);
}

internal sealed class Subscriber : Grain, ISubscriber, IStreamSubscriptionObserver
{
    private string Name => this.GetPrimaryKeyString();

    public async Task<Guid> Subscribe(StreamId stream) =>
        (await this.GetStreamProvider(StreamCluster.Provider).GetStream<string>(stream).SubscribeAsync(Take, Fail, Complete)).HandleId;

    // Its subscription outlives its activation.
    public Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) => handleFactory.Create<string>().ResumeAsync(Take, Fail, Complete);

    private Task Take(string item, StreamSequenceToken? token) => Inbox.Take(Name, item);

    private Task Fail(Exception error) => Inbox.Take(Name, $"error:{error.GetType().Name}");

    private Task Complete() => Inbox.Take(Name, "completed");
}

public interface IImplicitSubscriber : IGrainWithStringKey;

[ImplicitStreamSubscription("implicit")]
internal sealed class ImplicitSubscriber : Grain, IImplicitSubscriber, IStreamSubscriptionObserver
{
    public Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) =>
        handleFactory.Create<string>().ResumeAsync((item, _) => Inbox.Take($"first-{this.GetPrimaryKeyString()}", item));
}

public interface ISecondImplicitSubscriber : IGrainWithStringKey;

[ImplicitStreamSubscription("implicit")]
internal sealed class SecondImplicitSubscriber : Grain, ISecondImplicitSubscriber, IStreamSubscriptionObserver
{
    public Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) =>
        handleFactory.Create<string>().ResumeAsync((item, _) => Inbox.Take($"second-{this.GetPrimaryKeyString()}", item));
}
