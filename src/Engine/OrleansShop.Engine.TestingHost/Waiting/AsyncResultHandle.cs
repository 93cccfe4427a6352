namespace Orleans.TestingHost.Utils;

/// <summary>What a test and the callbacks that it waits for tell each other.</summary>
public class AsyncResultHandle
{
    private static readonly TimeSpan LookPeriod = TimeSpan.FromMilliseconds(10);

    private volatile bool _isDone;
    private volatile bool _mayContinue;
    private volatile object? _result;
    private volatile Exception? _exception;

    /// <summary>Whether the work is done.</summary>
    public bool Done { get => _isDone; set => _isDone = value; }

    /// <summary>Whether the work may go on.</summary>
    public bool Continue { get => _mayContinue; set => _mayContinue = value; }

    /// <summary>What came out; null for nothing yet.</summary>
    public object? Result { get => _result; set => _result = value; }

    /// <summary>What went wrong; null for nothing.</summary>
    public Exception? Exception { get => _exception; set => _exception = value; }

    /// <summary>Begins anew.</summary>
    public virtual void Reset()
    {
        Exception = null;
        Result = null;
        Done = false;
        Continue = false;
    }

    /// <summary>Waits for <see cref="Continue"/>; returns false when the time is over.</summary>
    public Task<bool> WaitForContinue(TimeSpan timeout) => WaitFor(timeout, () => Continue);

    /// <summary>Waits for <see cref="Done"/>; returns false when the time is over.</summary>
    public Task<bool> WaitForFinished(TimeSpan timeout) => WaitFor(timeout, () => Done);

    /// <summary>Waits for a condition, looked at every 10 ms; returns false when the time is over.</summary>
    /// <exception cref="System.Exception"><see cref="Exception"/>, as soon as there is one.</exception>
    public async Task<bool> WaitFor(TimeSpan timeout, Func<bool> checkFlag)
    {
        ArgumentNullException.ThrowIfNull(checkFlag);
        var isTrue = await TestingUtils.WaitUntilSucceededAsync(_ => Task.FromResult(Exception is not null || checkFlag()), timeout, LookPeriod);
        return Exception is { } failure ? throw failure : isTrue;
    }
}
