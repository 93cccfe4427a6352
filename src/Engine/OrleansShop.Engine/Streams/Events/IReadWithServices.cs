namespace OrleansShop.Engine.Streams.Events;

/// <summary>A message that needs services of the process that reads it. Serializers know nothing of those.</summary>
internal interface IReadWithServices
{
    /// <summary>Called before the message is read.</summary>
    void Attach(IServiceProvider services, string provider);
}
