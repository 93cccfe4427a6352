using Orleans.Runtime;

namespace Orleans.Streams;

/// <summary>An event could not be delivered to a subscription in the time that there is for it. It is not tried again.</summary>
[GenerateSerializer]
public sealed class StreamEventDeliveryFailureException : OrleansException
{
    /// <summary>Creates the exception with a general message.</summary>
    public StreamEventDeliveryFailureException()
        : base("An event could not be delivered to a subscription in the time that there is for it.")
    {
    }

    /// <summary>Creates the exception.</summary>
    public StreamEventDeliveryFailureException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    public StreamEventDeliveryFailureException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
