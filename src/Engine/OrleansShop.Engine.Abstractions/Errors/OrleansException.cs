using System.Runtime.Serialization;

namespace Orleans.Runtime;

/// <summary>The engine could not do what was asked.</summary>
[GenerateSerializer]
public class OrleansException : Exception
{
    /// <summary>Creates the exception with a general message.</summary>
    public OrleansException()
        : base("The engine could not do what was asked.")
    {
    }

    /// <summary>Creates the exception.</summary>
    public OrleansException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    public OrleansException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Takes the exception from the old serialization of .NET.</summary>
    protected OrleansException(SerializationInfo info, StreamingContext context)
#pragma warning disable SYSLIB0051 // The official API has it, for applications that derive from it.
        : base(info, context)
#pragma warning restore SYSLIB0051
    {
    }
}
