using System.Globalization;

namespace OrleansShop.Engine.Processes.Tests.Grains;

/// <summary>Something that a grain did.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="ProcessId">In which process.</param>
/// <param name="Grain">The key of the grain.</param>
/// <param name="Text">What; without line ends and tabs.</param>
internal sealed record LedgerLine(DateTime At, int ProcessId, string Grain, string Text);

/// <summary>What the grains of one process did, in a file that outlives the process; each process has a file of its own.</summary>
internal sealed class Ledger(string folder)
{
    private const string Extension = ".ledger";

    private readonly Lock _gate = new();
    private readonly string _file = Path.Combine(folder, $"{Environment.ProcessId}{Extension}");

    public void Write(string grain, string text)
    {
        lock (_gate)
            File.AppendAllText(_file, $"{TimeProvider.System.GetUtcNow().UtcDateTime:O}\t{Environment.ProcessId}\t{grain}\t{text}\n");
    }

    /// <summary>What was written by all processes of a folder, in the order of time.</summary>
    public static List<LedgerLine> Read(string folder) =>
        [.. Directory.EnumerateFiles(folder, $"*{Extension}").SelectMany(Lines).Select(Parse).OrderBy(static line => line.At)];

    // A line is there when its end is: the last one may be on its way.
    private static IEnumerable<string> Lines(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        var text = reader.ReadToEnd();
        return text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static LedgerLine Parse(string line)
    {
        var parts = line.Split('\t');
        return new LedgerLine(
            DateTime.Parse(parts[0], CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind), int.Parse(parts[1], CultureInfo.InvariantCulture), parts[2], parts[3]);
    }
}
