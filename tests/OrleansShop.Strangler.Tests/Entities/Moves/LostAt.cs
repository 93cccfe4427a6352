using OrleansShop.Strangler.BridgeClient;

namespace OrleansShop.Strangler.Tests.Entities.Moves;

/// <summary>The loss of a process: from a chosen call to something durable on, before or after it, nothing durable happens any more, until it is started anew.</summary>
internal sealed class LostAt
{
    private int _calls;
    private int _call;
    private bool _isAfter;
    private volatile bool _isDown;

    /// <summary>Whether the chosen call has come.</summary>
    public bool IsReached => _isDown;

    /// <summary>Calls to something durable since the last choice, in their order.</summary>
    public List<string> Calls { get; } = [];

    /// <param name="call">The number of the call from now on; 0 for never.</param>
    /// <param name="isAfter">Whether it still takes effect.</param>
    public void Choose(int call, bool isAfter)
    {
        Calls.Clear();
        (_calls, _call, _isAfter, _isDown) = (0, call, isAfter, false);
    }

    public async Task<T> RunAsync<T>(string what, Func<Task<T>> effect)
    {
        var isChosen = ++_calls == _call;
        Calls.Add(what);
        if (isChosen && !_isAfter) _isDown = true;
        Pass();
        T result;
        try
        {
            result = await effect();
        }
        finally
        {
            // What was refused is an answer too, and the process may be lost after it.
            if (isChosen) _isDown = true;
        }

        Pass();
        return result;
    }

    /// <summary>How many calls of a sort come before the one that is to be late; null for none. Who made it gets no answer, and it takes effect when <see cref="Late"/> is run.</summary>
    public (string What, int Before)? Delays { get; set; }

    /// <summary>The late call, when it was made.</summary>
    public Func<Task>? Late { get; private set; }

    public Task ArriveAsync(string what, Func<Task> effect)
    {
        if (Delays is not { } delayed || delayed.What != what) return effect();
        Delays = delayed.Before == 0 ? null : delayed with { Before = delayed.Before - 1 };
        if (delayed.Before > 0) return effect();
        Late = effect;
        throw new BridgeUnavailableException($"The {what} is late.", TimeSpan.FromSeconds(1));
    }

    private void Pass()
    {
        if (_isDown) throw new BridgeUnavailableException($"The process is lost at call {_call}.", TimeSpan.FromSeconds(1));
    }
}
