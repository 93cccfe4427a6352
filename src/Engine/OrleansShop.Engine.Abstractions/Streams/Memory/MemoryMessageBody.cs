namespace Orleans.Providers;

/// <summary>What was published at once to a stream in memory.</summary>
[GenerateSerializer]
public sealed class MemoryMessageBody
{
    /// <summary>Creates the body.</summary>
    /// <param name="events">The events.</param>
    /// <param name="requestContext">The publisher's request context; null for none.</param>
    public MemoryMessageBody(IEnumerable<object> events, Dictionary<string, object>? requestContext)
    {
        ArgumentNullException.ThrowIfNull(events);
        Events = [.. events];
        RequestContext = requestContext;
    }

    /// <summary>The events.</summary>
    [Id(0)]
    public List<object> Events { get; }

    /// <summary>The publisher's request context; null for none.</summary>
    [Id(1)]
    public Dictionary<string, object>? RequestContext { get; }
}
