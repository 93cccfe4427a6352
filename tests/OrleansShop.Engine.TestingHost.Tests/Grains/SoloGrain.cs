using System.Collections.Concurrent;

namespace OrleansShop.Engine.TestingHost.Tests.Grains;

/// <summary>A grain that notices when it is active on two silos at once.</summary>
public interface ISoloGrain : IGrainWithIntegerKey
{
    Task<SiloAddress> Work(string test, int milliseconds);
}

public sealed class SoloGrain(ILocalSiloDetails silo) : Grain, ISoloGrain
{
    // All silos of a test cluster are in this process, so this sees them all. Keys are of one test.
    private static readonly ConcurrentDictionary<(string Test, long Key), SiloAddress> Active = new();

    private string? _test;

    /// <summary>How often a grain of a test was active twice.</summary>
    public static ConcurrentDictionary<string, int> Overlaps { get; } = new();

    public async Task<SiloAddress> Work(string test, int milliseconds)
    {
        Enter(test);
        if (milliseconds > 0)
            await Task.Delay(milliseconds);
        Enter(test);
        return silo.SiloAddress;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        // Whoever takes over must wait for this too.
        await Task.Delay(1, cancellationToken);
        if (_test is not null)
            Active.TryRemove(new((_test, this.GetPrimaryKeyLong()), silo.SiloAddress));
    }

    private void Enter(string test)
    {
        _test = test;
        var owner = Active.GetOrAdd((test, this.GetPrimaryKeyLong()), silo.SiloAddress);
        if (!owner.Equals(silo.SiloAddress))
            Overlaps.AddOrUpdate(test, 1, static (_, count) => count + 1);
    }
}
