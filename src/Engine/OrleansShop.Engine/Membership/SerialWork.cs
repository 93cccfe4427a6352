using System.Threading.Channels;

namespace OrleansShop.Engine.Membership;

/// <summary>Runs actions one after the other, in the order in which they were posted, on the thread pool.</summary>
internal sealed class SerialWork
{
    private readonly Channel<Action> _actions = Channel.CreateUnbounded<Action>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Action<Exception> _failed;
    private readonly Task _loop;

    /// <param name="failed">Gets what an action throws; the next action runs all the same.</param>
    public SerialWork(Action<Exception> failed)
    {
        _failed = failed;
        _loop = Run();
    }

    /// <summary>Has an action run after those posted before; dropped once the work is complete.</summary>
    public void Post(Action action) => _actions.Writer.TryWrite(action);

    /// <summary>Runs an action and waits for it.</summary>
    public Task Run(Action action)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var posted = _actions.Writer.TryWrite(() =>
        {
            try
            {
                action();
            }
            finally
            {
                done.SetResult();
            }
        });
        return posted ? done.Task : Task.CompletedTask;
    }

    /// <summary>Takes no more actions and waits for those posted.</summary>
    public Task Complete()
    {
        _actions.Writer.TryComplete();
        return _loop;
    }

    private async Task Run()
    {
        await foreach (var action in _actions.Reader.ReadAllAsync())
        {
            try
            {
                action();
            }
#pragma warning disable CA1031 // Whatever one action does wrong is reported, and must not stop those after it.
            catch (Exception cause)
#pragma warning restore CA1031
            {
                _failed(cause);
            }
        }
    }
}
