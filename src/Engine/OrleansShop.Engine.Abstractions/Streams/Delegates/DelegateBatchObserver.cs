namespace Orleans.Streams;

/// <summary>An observer of delegates that takes several events at a time.</summary>
internal sealed class DelegateBatchObserver<T> : IAsyncBatchObserver<T>
{
    private readonly Func<IList<SequentialItem<T>>, Task> _onNext;
    private readonly Func<Exception, Task>? _onError;
    private readonly Func<Task>? _onCompleted;

    public DelegateBatchObserver(Func<IList<SequentialItem<T>>, Task> onNextAsync, Func<Exception, Task>? onErrorAsync, Func<Task>? onCompletedAsync)
    {
        ArgumentNullException.ThrowIfNull(onNextAsync);
        _onNext = onNextAsync;
        _onError = onErrorAsync;
        _onCompleted = onCompletedAsync;
    }

    public Task OnNextAsync(IList<SequentialItem<T>> items) => _onNext(items);

    public Task OnErrorAsync(Exception ex) => _onError?.Invoke(ex) ?? Task.CompletedTask;

    public Task OnCompletedAsync() => _onCompleted?.Invoke() ?? Task.CompletedTask;
}
