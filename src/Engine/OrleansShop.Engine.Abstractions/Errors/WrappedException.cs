using System.Diagnostics.CodeAnalysis;
using System.Runtime.Serialization;

namespace Orleans.Runtime;

/// <summary>Stands for an exception whose own type cannot cross the wire. Carries its type name, message and stack trace.</summary>
[GenerateSerializer]
public class WrappedException : OrleansException
{
    /// <summary>Creates the exception.</summary>
    public WrappedException(string message)
        : base(message)
    {
    }

    /// <summary>Takes the exception from the old serialization of .NET.</summary>
    protected WrappedException(SerializationInfo info, StreamingContext context)
#pragma warning disable SYSLIB0051 // The official API has it, for applications that derive from it.
        : base(info, context)
#pragma warning restore SYSLIB0051
    {
        OriginalExceptionType = info.GetString(nameof(OriginalExceptionType));
    }

    /// <summary>The name of the type of the exception that this one stands for.</summary>
    [Id(0)]
    public string? OriginalExceptionType { get; set; }

    /// <summary>Throws an exception that stands for <paramref name="exception"/>; one that already does so is thrown as it is.</summary>
    [DoesNotReturn]
    public static void CreateAndRethrow(Exception exception) => throw exception switch
    {
        WrappedException wrapped => wrapped,
        _ => new WrappedException(exception.ToString()) { OriginalExceptionType = exception.GetType().FullName },
    };

    /// <inheritdoc/>
#pragma warning disable CS0672, SYSLIB0051 // The official API has it.
    public override void GetObjectData(SerializationInfo info, StreamingContext context)
    {
        base.GetObjectData(info, context);
        info.AddValue(nameof(OriginalExceptionType), OriginalExceptionType);
    }
#pragma warning restore CS0672, SYSLIB0051

    /// <inheritdoc/>
    public override string ToString() => $"{GetType().FullName} for {OriginalExceptionType}: {Message}";
}
