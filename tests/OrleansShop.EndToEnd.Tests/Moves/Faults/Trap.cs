using OrleansShop.EndToEnd.Tests.Moves.Running;

namespace OrleansShop.EndToEnd.Tests.Moves.Faults;

/// <summary>Waits for a step to be made, and kills a process then.</summary>
/// <param name="step">Which step.</param>
/// <param name="moment">When in the step.</param>
/// <param name="victimOf">Which process, given the silo that makes the step.</param>
internal sealed class Trap(Step step, Moment moment, Func<Part, Part> victimOf)
{
    private readonly TaskCompletionSource<Part> _sprung = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _isSprung;

    /// <summary>Ends with the victim, when it is dead.</summary>
    public Task<Part> Sprung => _sprung.Task;

    public bool IsFor(Step? made, Moment at) => made == step && at == moment && Volatile.Read(ref _isSprung) == 0;

    /// <summary>Kills the victim, the first time.</summary>
    /// <param name="maker">The silo that makes the step.</param>
    public async Task SpringAsync(Part maker)
    {
        if (Interlocked.Exchange(ref _isSprung, 1) != 0) return;
        var victim = victimOf(maker);
        await victim.KillAsync();
        _sprung.TrySetResult(victim);
    }

    /// <summary>Lets nothing spring it any more. False: it has sprung.</summary>
    public bool Disarm() => Interlocked.Exchange(ref _isSprung, 1) == 0;
}
