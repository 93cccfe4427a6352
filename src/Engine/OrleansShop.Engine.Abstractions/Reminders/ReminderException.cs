using System.Runtime.Serialization;

namespace Orleans.Runtime;

/// <summary>A reminder could not be registered, updated or removed. Nothing has changed.</summary>
[GenerateSerializer]
public sealed class ReminderException : OrleansException
{
    /// <summary>Creates the exception.</summary>
    public ReminderException(string message)
        : base(message)
    {
    }

    /// <summary>Takes the exception from the old serialization of .NET.</summary>
    public ReminderException(SerializationInfo info, StreamingContext context)
        : base(info, context)
    {
    }
}
