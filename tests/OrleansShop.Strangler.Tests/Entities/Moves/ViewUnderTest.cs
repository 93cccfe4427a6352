using OrleansShop.Strangler.Phases;

namespace OrleansShop.Strangler.Tests.Entities.Moves;

/// <summary>What a process knows of the books, which is as old as the test wants until it is refreshed.</summary>
internal sealed class ViewUnderTest : ICapabilityView
{
    private CapabilityStatus? _stale;

    public CapabilityStatus Status { get; set; } = In(CapabilityPhase.Grains, 1);

    public int Refreshed { get; private set; }

    public static CapabilityStatus In(CapabilityPhase phase, long epoch, int percent = 0) => new("books", phase, epoch, null, null, percent);

    /// <summary>From now on what is known is old, until somebody asks anew.</summary>
    public void GoStale(CapabilityStatus next) => (_stale, Status) = (Status, next);

    public ValueTask<CapabilityStatus> GetAsync() => ValueTask.FromResult(_stale ?? Status);

    public void Refresh()
    {
        Refreshed++;
        _stale = null;
    }
}
