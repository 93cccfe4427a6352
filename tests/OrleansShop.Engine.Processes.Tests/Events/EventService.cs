namespace OrleansShop.Engine.Processes.Tests.Events;

/// <summary>The two services that talk by events.</summary>
internal enum EventService
{
    Publishing,
    Consuming,
}
