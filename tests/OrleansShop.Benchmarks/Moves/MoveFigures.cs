using OrleansShop.Benchmarks.Running;

namespace OrleansShop.Benchmarks.Moves;

/// <summary>The figures of one round of moves.</summary>
internal sealed class MoveFigures
{
    private readonly List<Measurement> _figures = [];

    public IReadOnlyList<Measurement> All => _figures;

    public void Add(string when, IReadOnlyList<LoadSample> samples, TimeSpan duration)
    {
        _figures.Add(new($"{when}: requests answered", samples.Count(static sample => sample.Fault is null) / duration.TotalSeconds, "req/s"));
        _figures.Add(new($"{when}: requests failed", samples.Count(static sample => sample.Fault is not null), "requests"));
        foreach (var fault in samples.Select(static sample => sample.Fault).OfType<string>().Distinct().Take(3)) Console.Error.WriteLine($"{when}: {fault}");
        AddLatencies($"{when}: reads", samples.Where(static sample => sample is { Kind: LoadKind.Read, IsInTransit: false }));
        AddLatencies($"{when}: writes", samples.Where(static sample => sample is { Kind: LoadKind.Write, IsInTransit: false }));
        AddLatencies($"{when}: reads in transit", samples.Where(static sample => sample is { Kind: LoadKind.Read, IsInTransit: true }));
        AddLatencies($"{when}: writes in transit", samples.Where(static sample => sample is { Kind: LoadKind.Write, IsInTransit: true }));
        AddLatencies($"{when}: all in transit", samples.Where(static sample => sample.IsInTransit));
        AddLatencies($"{when}: writes of the monolith", samples.Where(static sample => sample.Kind == LoadKind.MonolithWrite));
    }

    public void AddSweep(string when, int entities, TimeSpan took, TimeSpan processorTime)
    {
        _figures.Add(new($"{when}: entities moved", entities / took.TotalSeconds, "1/s"));
        _figures.Add(new($"{when}: processor's time per entity, the load's too", processorTime.TotalMicroseconds / entities, "µs"));
    }

    public void AddVerify(double perSecond) => _figures.Add(new("verify", perSecond, "rows/s"));

    public void AddWriteAmplification(double bytesBefore, double bytesAfter)
    {
        _figures.Add(new("before: written to the disk per write", bytesBefore / 1024, "KiB"));
        _figures.Add(new("after: written to the disk per write", bytesAfter / 1024, "KiB"));
        _figures.Add(new("write amplification", bytesAfter / bytesBefore, "ratio"));
    }

    private void AddLatencies(string what, IEnumerable<LoadSample> samples)
    {
        var sorted = samples.Select(static sample => sample.Took.TotalMilliseconds).Order().ToArray();
        if (sorted.Length == 0) return;
        _figures.Add(new($"{what}, p50", sorted[sorted.Length / 2], "ms"));
        _figures.Add(new($"{what}, p99", sorted[Math.Min(sorted.Length - 1, (int)(0.99 * sorted.Length))], "ms"));
        _figures.Add(new($"{what}, max", sorted[^1], "ms"));
    }
}
