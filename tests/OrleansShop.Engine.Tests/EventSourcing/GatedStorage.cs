using Orleans.Storage;

namespace OrleansShop.Engine.Tests.EventSourcing;

/// <summary>What becomes of one access to storage.</summary>
internal enum Outcome
{
    /// <summary>It is done and answered.</summary>
    Done,

    /// <summary>It fails.</summary>
    Fails,

    /// <summary>It is done, and the answer is lost.</summary>
    DoneUnanswered,

    /// <summary>There is no answer in time, and it is done later, if it still can be.</summary>
    DoneLater,
}

/// <summary>Storage whose accesses wait until the test says what becomes of them.</summary>
internal sealed class GatedStorage(IGrainStorage inner) : IGrainStorage
{
    private readonly List<TaskCompletionSource<Outcome>> _waiting = [];
    private readonly List<Func<Task>> _later = [];

    public int WaitingCount => _waiting.Count;

    public int LaterCount => _later.Count;

    /// <summary>Called after each write that was done.</summary>
    public Action? Written { get; set; }

    public void Settle(int index, Outcome outcome)
    {
        var waiting = _waiting[index];
        _waiting.RemoveAt(index);
        waiting.SetResult(outcome);
    }

    /// <summary>Does what was to be done later.</summary>
    public async Task DoLater(int index)
    {
        var late = _later[index];
        _later.RemoveAt(index);
        try
        {
            await late();
            Written?.Invoke();
        }
        catch (InconsistentStateException)
        {
            // Others have written since: storage refuses it, and nobody waits for the answer.
        }
    }

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var outcome = await Arrive();
        await inner.ReadStateAsync(stateName, grainId, grainState);
        if (outcome is not Outcome.Done) throw new TimeoutException("There was no answer.");
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        Write(() => inner.WriteStateAsync(stateName, grainId, grainState), () =>
        {
            var sent = new GrainState<T>(grainState.State, grainState.ETag) { RecordExists = grainState.RecordExists };
            return () => inner.WriteStateAsync(stateName, grainId, sent);
        });

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        Write(() => inner.ClearStateAsync(stateName, grainId, grainState), () =>
        {
            var sent = new GrainState<T>(grainState.State, grainState.ETag) { RecordExists = grainState.RecordExists };
            return () => inner.ClearStateAsync(stateName, grainId, sent);
        });

    private async Task Write(Func<Task> write, Func<Func<Task>> send)
    {
        switch (await Arrive())
        {
            case Outcome.Done:
                await write();
                Written?.Invoke();
                return;
            case Outcome.DoneUnanswered:
                await write();
                Written?.Invoke();
                throw new TimeoutException("The answer was lost.");
            case Outcome.DoneLater:
                _later.Add(send());
                throw new TimeoutException("There was no answer.");
            default:
                throw new IOException("Storage failed.");
        }
    }

    private Task<Outcome> Arrive()
    {
        var waiting = new TaskCompletionSource<Outcome>();
        _waiting.Add(waiting);
        return waiting.Task;
    }
}
