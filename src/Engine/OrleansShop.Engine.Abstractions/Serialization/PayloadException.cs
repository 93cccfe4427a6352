namespace OrleansShop.Engine.Serialization;

/// <summary>A value cannot be written, or bytes are not what they should be. The message says what and where.</summary>
public sealed class PayloadException : Exception
{
    /// <summary>Creates the exception.</summary>
    public PayloadException()
        : this("The payload is not valid.")
    {
    }

    /// <summary>Creates the exception.</summary>
    public PayloadException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    public PayloadException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates the exception for something found while reading.</summary>
    /// <param name="position">How many bytes into the payload the fault was noticed.</param>
    /// <param name="message">What was found there and what was expected.</param>
    /// <param name="innerException">What it was noticed by, or null.</param>
    public PayloadException(int position, string message, Exception? innerException = null)
        : base($"At byte {position} of the payload: {message}", innerException)
    {
        Position = position;
    }

    /// <summary>How many bytes into the payload the fault was noticed; null if it was not found by reading.</summary>
    public int? Position { get; }
}
