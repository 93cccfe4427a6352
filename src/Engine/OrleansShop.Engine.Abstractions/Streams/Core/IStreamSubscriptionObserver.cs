namespace Orleans.Streams.Core;

/// <summary>Implemented by a grain class that wants to be asked for an observer when an event comes and the subscription has none.</summary>
public interface IStreamSubscriptionObserver
{
    /// <summary>An event has come for a subscription without an observer. Resume it, and the event is delivered; otherwise it is dropped.</summary>
    Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory);
}
