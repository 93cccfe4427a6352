using OrleansShop.Cli.Gateway;

namespace OrleansShop.Cli.Commands;

/// <summary>Says which processes did not answer, so that nobody takes a part for the whole.</summary>
internal static class SilentProcesses
{
    public static void Print(IReadOnlyList<SilentProcess> silent, TextWriter output)
    {
        foreach (var process in silent)
        {
            output.WriteLine($"No answer from {process.Process}: {process.Problem}");
        }
    }
}
