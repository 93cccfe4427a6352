namespace OrleansShop.Strangler.Events;

/// <summary>Where events are published.</summary>
public static class EventStreams
{
    /// <summary>The name of the stream provider that every silo has for events.</summary>
    public const string Provider = "events";
}
