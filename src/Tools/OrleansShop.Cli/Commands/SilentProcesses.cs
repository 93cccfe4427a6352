using OrleansShop.Cli.Gateway;

namespace OrleansShop.Cli.Commands;

/// <summary>Says which processes did not answer, so that nobody takes a part for the whole.</summary>
internal static class SilentProcesses
{
    /// <param name="silent">Processes without whose answer something is missing.</param>
    /// <param name="absent">Addresses where no process is expected yet; a gateway that does not tell them apart gives null.</param>
    /// <param name="output">Takes a line for each.</param>
    public static void Print(IReadOnlyList<SilentProcess> silent, IReadOnlyList<SilentProcess>? absent, TextWriter output)
    {
        foreach (var process in silent) output.WriteLine(Printable.Line($"No answer from {process.Process}: {process.Problem}"));
        foreach (var process in absent ?? []) output.WriteLine(Printable.Line($"Absent: {process.Process}: {process.Problem}"));
    }
}
