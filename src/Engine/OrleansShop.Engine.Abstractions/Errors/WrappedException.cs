using System.Diagnostics.CodeAnalysis;

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
    public override string ToString() => $"{GetType().FullName} for {OriginalExceptionType}: {Message}";
}
