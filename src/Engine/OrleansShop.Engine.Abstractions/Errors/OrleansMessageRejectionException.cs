using System.Runtime.Serialization;

namespace Orleans.Runtime;

/// <summary>A silo refused a call and did not execute it.</summary>
[GenerateSerializer]
public class OrleansMessageRejectionException : OrleansException
{
    internal OrleansMessageRejectionException(string message)
        : base(message)
    {
    }

    internal OrleansMessageRejectionException(string message, Exception? innerException)
        : base(message, innerException!)
    {
    }

    /// <summary>Takes the exception from the old serialization of .NET.</summary>
    protected OrleansMessageRejectionException(SerializationInfo info, StreamingContext context)
#pragma warning disable SYSLIB0051 // The official API has it, for applications that derive from it.
        : base(info, context)
#pragma warning restore SYSLIB0051
    {
    }
}
