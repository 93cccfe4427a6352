namespace Orleans.Serialization;

/// <summary>Stands for an exception whose type is not known in this process, or not allowed to be created from a payload.</summary>
public sealed class UnavailableExceptionFallbackException : Exception
{
    /// <summary>Creates the exception.</summary>
    public UnavailableExceptionFallbackException()
    {
    }

    internal UnavailableExceptionFallbackException(string exceptionType, string? message, Exception? inner)
        : base(message, inner)
    {
        ExceptionType = exceptionType;
    }

    /// <summary>The full name of the type that the exception had where it was thrown.</summary>
    public string ExceptionType { get; } = "";

    /// <inheritdoc/>
    public override string ToString() => $"{ExceptionType} (not available here): {base.ToString()}";
}
