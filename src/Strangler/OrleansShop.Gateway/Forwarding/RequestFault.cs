namespace OrleansShop.Gateway.Forwarding;

/// <summary>Finds the client's own fault in a failed exchange, where it lies below the exceptions of the copying in between.</summary>
internal static class RequestFault
{
    public static BadHttpRequestException? Find(Exception? exception) => exception switch
    {
        null => null,
        BadHttpRequestException bad => bad,
        AggregateException several => several.InnerExceptions.Select(Find).FirstOrDefault(static found => found is not null),
        _ => Find(exception.InnerException),
    };
}
