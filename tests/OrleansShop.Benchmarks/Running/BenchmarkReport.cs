using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace OrleansShop.Benchmarks.Running;

/// <summary>The figures of all rounds: medians and every round for people, since figures may have two modes; the same for programs.</summary>
internal sealed class BenchmarkReport
{
#if ORLEANS_ENGINE
    private const string Engine = "Orleans";
#else
    private const string Engine = "BuiltIn";
#endif

    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly List<(string Benchmark, Measurement Figure)> _figures = [];

    public void Add(IBenchmark benchmark, IReadOnlyList<Measurement> figures) =>
        _figures.AddRange(figures.Select(figure => (benchmark.Name, figure)));

    public void Print(TextWriter output)
    {
        output.WriteLine($"engine {Engine}, {RuntimeInformation.FrameworkDescription}, {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}");
        output.WriteLine($"{"benchmark",-22} {"figure",-44} {"median",14} {"min",14} {"max",14} {"unit",-8} rounds, in order");
        foreach (var row in Rows())
        {
            output.WriteLine($"{row.Benchmark,-22} {row.Name,-44} {Text(row.Median),14} {Text(row.Min),14} {Text(row.Max),14} {row.Unit,-8} {string.Join("  ", row.Rounds.Select(Text))}");
        }
    }

    public async Task WriteJsonAsync(string path)
    {
        await using var file = File.Create(path);
        await JsonSerializer.SerializeAsync(file, new { Engine, Runtime = RuntimeInformation.FrameworkDescription, Cores = Environment.ProcessorCount, Figures = Rows() }, Indented);
    }

    private IEnumerable<Row> Rows() => _figures
        .GroupBy(figure => (figure.Benchmark, figure.Figure.Name, figure.Figure.Unit))
        .Select(group => new Row(group.Key.Benchmark, group.Key.Name, group.Key.Unit, [.. group.Select(figure => figure.Figure.Value)]));

    private static string Text(double value) => value switch
    {
        >= 1000 => value.ToString("N0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.ToString("0.000", CultureInfo.InvariantCulture),
    };

    private sealed record Row(string Benchmark, string Name, string Unit, double[] Rounds)
    {
        public double Median => (Rounds.Order().ElementAt((Rounds.Length - 1) / 2) + Rounds.Order().ElementAt(Rounds.Length / 2)) / 2;

        public double Min => Rounds.Min();

        public double Max => Rounds.Max();
    }
}
