namespace OrleansShop.Engine.EventSourcing;

/// <summary>Those who wait until a submission is done and, some of them, until the log was read.</summary>
internal sealed class LogWaiters
{
    private readonly List<(long Number, long Read, TaskCompletionSource Done)> _waiting = [];

    /// <summary>Waits for the submission <paramref name="number"/> and the reading <paramref name="read"/>.</summary>
    public Task Add(long number, long read)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Add((number, read, done));
        return done.Task;
    }

    /// <summary>Lets those go that waited for no more than this.</summary>
    public void Release(long number, long read)
    {
        for (var i = _waiting.Count - 1; i >= 0; i--)
        {
            if (_waiting[i].Number > number || _waiting[i].Read > read) continue;
            var done = _waiting[i].Done;
            _waiting.RemoveAt(i);
            done.TrySetResult();
        }
    }

    public void Fail(Exception exception)
    {
        foreach (var (_, _, done) in _waiting) done.TrySetException(exception);
        _waiting.Clear();
    }
}
