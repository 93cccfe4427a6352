using Orleans.Streams;

namespace OrleansShop.Engine.Streams.Events;

/// <summary>A message that needs services of the process that reads it. Serializers know nothing of those.</summary>
internal interface IReadWithServices
{
    /// <summary>Returns the message for one reader: several may read at the same time, and none may see what another does to an event.</summary>
    IBatchContainer ForReader(IServiceProvider services, string provider);
}
