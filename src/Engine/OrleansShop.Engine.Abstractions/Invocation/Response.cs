namespace Orleans.Serialization.Invocation;

/// <summary>How a call ended: with a result, without one, or with an exception.</summary>
public abstract class Response : IDisposable
{
    /// <summary>The end of a call without a result.</summary>
    public static Response Completed { get; } = new Response<object?>();

    /// <summary>The result; null if there is none.</summary>
    public abstract object? Result { get; set; }

    /// <summary>The exception; null if the call succeeded.</summary>
    public abstract Exception? Exception { get; set; }

    /// <summary>Returns the end of a call with a result.</summary>
    public static Response FromResult<TResult>(TResult value) => new Response<TResult> { TypedResult = value };

    /// <summary>Returns the end of a call with an exception.</summary>
    public static Response FromException(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return new Response<object?> { Exception = exception };
    }

    /// <summary>Returns the result; throws the exception if there is one.</summary>
    public abstract T GetResult<T>();

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <inheritdoc/>
    public override string ToString() => Exception is { } exception ? exception.ToString() : Result?.ToString() ?? "[null]";
}
