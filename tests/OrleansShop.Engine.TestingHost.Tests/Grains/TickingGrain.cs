using System.Collections.Concurrent;

namespace OrleansShop.Engine.TestingHost.Tests.Grains;

public interface ITickingGrain : IGrainWithIntegerKey
{
    /// <summary>Begins to tick, and tells where.</summary>
    Task<SiloAddress> Start(string test);
}

/// <summary>A grain that does something all the time, on its own, and writes down where.</summary>
[KeepAlive]
public sealed class TickingGrain(ILocalSiloDetails silo) : Grain, ITickingGrain
{
    private static readonly TimeSpan s_period = TimeSpan.FromMilliseconds(10);

    private IGrainTimer? _timer;

    /// <summary>For each grain of a test the silos of its turns, in order, each named once for as many turns as it ran without another's in between.</summary>
    public static ConcurrentDictionary<(string Test, long Key), List<SiloAddress>> Places { get; } = new();

    private static ConcurrentDictionary<string, long> Ticks { get; } = new();

    /// <summary>How many turns the grains of a test have had.</summary>
    public static long TicksOf(string test) => Ticks.GetValueOrDefault(test);

    public Task<SiloAddress> Start(string test)
    {
        Note(test);
        _timer ??= this.RegisterGrainTimer(
            (_, _) =>
            {
                Note(test);
                return Task.CompletedTask;
            },
            (object?)null,
            s_period,
            s_period);
        return Task.FromResult(silo.SiloAddress);
    }

    private void Note(string test)
    {
        Ticks.AddOrUpdate(test, 1, static (_, ticks) => ticks + 1);
        var places = Places.GetOrAdd((test, this.GetPrimaryKeyLong()), static _ => new());
        lock (places)
        {
            if (places.Count == 0 || !places[^1].Equals(silo.SiloAddress))
                places.Add(silo.SiloAddress);
        }
    }
}
