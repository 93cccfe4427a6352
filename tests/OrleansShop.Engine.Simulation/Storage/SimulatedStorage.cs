using Orleans.Storage;
using OrleansShop.Engine.Simulation.Checking;
using OrleansShop.Engine.Simulation.Time;
using OrleansShop.Engine.Simulation.Tracing;
using OrleansShop.Engine.Storage;

namespace OrleansShop.Engine.Simulation.Storage;

/// <summary>Where the states of grains are kept: apart from all silos, and fenced.</summary>
/// <param name="time">Virtual time.</param>
/// <param name="trace">Gets what is written.</param>
/// <param name="turns">Knows which activation was the last to run.</param>
/// <param name="isFenced">Whether it refuses lower numbers. One that does not has to be caught.</param>
internal sealed class SimulatedStorage(VirtualTime time, Trace trace, TurnWitness turns, bool isFenced)
{
    private readonly Dictionary<GrainId, StoredState> _states = [];

    public VirtualTime Time => time;

    /// <summary>How it behaves now.</summary>
    public StorageMood Mood { get; set; } = StorageMood.Well;

    /// <summary>How many writes a fence has refused.</summary>
    public int Refused { get; private set; }

    public IReadOnlyDictionary<GrainId, StoredState> States => _states;

    public StoredState? Find(GrainId grain) => _states.GetValueOrDefault(grain);

    public StoredState? Read(GrainId grain, Fence fence)
    {
        if (isFenced && fence.Number != 0 && (Find(grain)?.Fence ?? 0) < fence.RaiseBelow)
            _states[grain] = (Find(grain) ?? new(0, null, 0)) with { Fence = fence.Number };
        return Find(grain);
    }

    public StoredState Write(string silo, GrainId grain, string? etag, byte[] bytes, Fence fence)
    {
        var stored = Find(grain);
        if (isFenced && stored?.Fence > fence.Number)
        {
            Refused++;
            trace.Note("storage", $"refuses {silo}'s write of {grain}: its fence is {fence.Number}, and {stored.Fence} is stored");
            throw new InconsistentStateException($"The state of {grain} belongs to a later activation, with fence {stored.Fence}; this one has {fence.Number}.", stored.Etag ?? "", etag ?? "");
        }

        if (stored?.Etag != etag)
        {
            trace.Detail("storage", $"refuses {silo}'s write of {grain}: it has read {etag ?? "nothing"}, and {stored?.Etag ?? "nothing"} is stored");
            throw new InconsistentStateException($"The state of {grain} was written by someone else since it was read.", stored?.Etag ?? "", etag ?? "");
        }

        turns.Written(grain, silo, fence);
        var next = new StoredState((stored?.Version ?? 0) + 1, bytes, Math.Max(stored?.Fence ?? 0, fence.Number));
        trace.Detail("storage", $"{silo} writes {grain}, {next.Etag}, fence {next.Fence}");
        return _states[grain] = next;
    }
}

/// <summary>What is stored of a grain.</summary>
/// <param name="Version">Counts the writes.</param>
/// <param name="Bytes">The state; null if only the fence was raised.</param>
/// <param name="Fence">The number of the fence.</param>
internal sealed record StoredState(long Version, byte[]? Bytes, long Fence)
{
    public string? Etag => Version == 0 ? null : Version.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>How storage treats requests.</summary>
/// <param name="Usual">The most that most requests take, one way.</param>
/// <param name="SlowShare">How many of a thousand take longer.</param>
/// <param name="Slow">The most that those take, one way.</param>
/// <param name="LostShare">The answers of how many of a thousand writes are lost.</param>
/// <param name="FreezeShare">At how many of a thousand writes the silo freezes before the write has left it.</param>
internal sealed record StorageMood(TimeSpan Usual, int SlowShare, TimeSpan Slow, int LostShare, int FreezeShare)
{
    public static StorageMood Well { get; } = new(TimeSpan.FromMilliseconds(5), SlowShare: 0, TimeSpan.Zero, LostShare: 0, FreezeShare: 0);

    public TimeSpan Draw(Random random) => random.Next(1000) < SlowShare ? Slow * random.NextDouble() : (Usual * random.NextDouble()) + TimeSpan.FromMicroseconds(100);
}
