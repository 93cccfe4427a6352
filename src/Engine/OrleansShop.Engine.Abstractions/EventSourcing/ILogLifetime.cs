namespace OrleansShop.Engine.EventSourcing;

/// <summary>Ends the work on a log that does not come to its end by itself, because storage does not answer.</summary>
internal interface ILogLifetime
{
    /// <summary>Ends it. From any thread, any number of times.</summary>
    void End();
}
