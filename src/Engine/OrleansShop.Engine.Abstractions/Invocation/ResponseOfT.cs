using System.Runtime.ExceptionServices;

namespace Orleans.Serialization.Invocation;

/// <summary>How a call ended whose result is a <typeparamref name="TResult"/>.</summary>
/// <typeparam name="TResult">The result.</typeparam>
public class Response<TResult> : Response
{
    private TResult? _result;
    private Exception? _exception;

    /// <summary>The result, without boxing it.</summary>
    public TResult? TypedResult
    {
        get => _result;
        set => _result = value;
    }

    /// <inheritdoc/>
    public override object? Result
    {
        get => _result;
        set => _result = (TResult?)value;
    }

    /// <inheritdoc/>
    public override Exception? Exception
    {
        get => _exception;
        set => _exception = value;
    }

    /// <inheritdoc/>
    public override T GetResult<T>()
    {
        if (_exception is not null)
            ExceptionDispatchInfo.Throw(_exception);
        return this is Response<T> same ? same._result! : (T)Result!;
    }

    /// <inheritdoc/>
    public override void Dispose() => GC.SuppressFinalize(this);
}
